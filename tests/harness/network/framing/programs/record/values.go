package main

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"math"
	"strings"
	"time"
)

// A recording is a stream as Go's encoder wrote it, and what a reader is to make of it.
type recording struct {
	Name   string `json:"name"`
	Stream string `json:"stream"` // base64
	Values []any  `json:"values"`
}

type object = map[string]any

func record(name string, pairs ...any) recording {
	var stream bytes.Buffer
	encoder := gob.NewEncoder(&stream)
	shown := []any{}
	for at := 0; at < len(pairs); at += 2 {
		if err := encoder.Encode(pairs[at]); err != nil {
			panic(name + ": " + err.Error())
		}
		shown = append(shown, pairs[at+1])
	}
	return recording{name, base64.StdEncoding.EncodeToString(stream.Bytes()), shown}
}

type numbers struct {
	Int   int
	Int8  int8
	Int64 int64
	Uint  uint
	Byte  byte
	Big   uint64
	Float float64
	Small float32
	Truth bool
}

type texts struct {
	Text  string
	Bytes []byte
	Raw   []byte
}

type lists struct {
	Numbers []int
	Words   []string
	Fixed   [3]int
	Pairs   []pair
	Deep    [][]string
}

type pair struct {
	Key   string
	Value int
}

type maps struct {
	Words   map[string]string
	Seen    map[int64]bool
	Pairs   map[string]pair
	Lists   map[string][]string
	ByPair  map[pair]string
	Strange map[string]pair
}

type pointers struct {
	Number *int
	Pair   *pair
	Again  **pair
	Nobody *pair
	Zero   *int
}

type inner struct {
	Name  string
	Count uint
}

type outer struct {
	Inner inner
	Empty inner
	After string
}

type tree struct {
	Name     string
	Children []*tree
	Next     *tree
}

type holder struct {
	Before string
	Any    any
	After  int
}

type shelf struct {
	Items []any
}

type wrapper struct {
	Inside any
}

type temperature struct{ degrees int }

func (t temperature) GobEncode() ([]byte, error) { return []byte{1, byte(t.degrees)}, nil }
func (t *temperature) GobDecode(data []byte) error {
	t.degrees = int(data[1])
	return nil
}

type colour struct{ name string }

func (c colour) MarshalBinary() ([]byte, error)     { return []byte(c.name), nil }
func (c *colour) UnmarshalBinary(data []byte) error { c.name = string(data); return nil }

type marshalled struct {
	Warm    temperature
	Cold    temperature
	Paint   colour
	At      time.Time
	Missing *temperature
}

type shy struct {
	Seen   string
	hidden string
	Call   func()
	Pipe   chan int
}

type named []string

func init() {
	gob.Register(pair{})
	gob.Register(wrapper{})
	gob.Register([]string{})
	gob.Register(map[string]int{})
}

func values() []recording {
	seven, zero := 7, 0
	point := &pair{"p", 1}
	long := strings.Repeat("x", 5000)
	return []recording{
		record("numbers", numbers{
			Int: -129, Int8: -128, Int64: math.MinInt64, Uint: 256, Byte: 255, Big: math.MaxUint64,
			Float: 17.5, Small: 0.25, Truth: true,
		}, object{
			"Int": -129, "Int8": -128, "Int64": "-9223372036854775808", "Uint": 256, "Byte": 255,
			"Big": "18446744073709551615", "Float": 17.5, "Small": 0.25, "Truth": true,
		}),
		record("numbers that are zero", numbers{}, object{
			"Int": 0, "Int8": 0, "Int64": 0, "Uint": 0, "Byte": 0, "Big": 0, "Float": 0, "Small": 0,
			"Truth": false,
		}),
		record("whole numbers of every length",
			int64(127), 127, int64(-1), -1, int64(1)<<40, 1<<40, -int64(1)<<47, -(1 << 47),
			int64(1)<<53-1, 1<<53-1, int64(1)<<53, "9007199254740992", int64(math.MaxInt64), "9223372036854775807",
			uint64(127), 127, uint64(128), 128, uint64(1)<<48, 1<<48, uint64(1)<<53-1, 1<<53-1,
			uint64(1)<<53, "9007199254740992"),
		record("floats of every kind",
			3.0, 3.0, -0.1, -0.1, math.MaxFloat64, math.MaxFloat64, math.SmallestNonzeroFloat64, math.SmallestNonzeroFloat64,
			math.NaN(), "NaN", math.Inf(1), "+Inf", math.Inf(-1), "-Inf"),
		record("complex numbers", complex(1, 2), "(1+2i)", complex(-0.5, -3), "(-0.5-3i)"),
		record("texts", texts{"héllo ✓", []byte("readable\n"), []byte{0, 1, 255}}, object{
			"Text": "héllo ✓", "Bytes": "readable\n", "Raw": "0x0001ff",
		}),
		record("texts that are empty", texts{}, object{"Text": "", "Bytes": "", "Raw": ""}),
		record("a long text", long, long[:4096]+"… (5000 bytes)"),
		record("lists", lists{
			Numbers: []int{1, -2, 300}, Words: []string{"a", "", "c"}, Fixed: [3]int{0, 5, 0},
			Pairs: []pair{{"k", 1}, {}}, Deep: [][]string{{"x"}, {}},
		}, object{
			"Numbers": []int{1, -2, 300}, "Words": []string{"a", "", "c"}, "Fixed": []int{0, 5, 0},
			"Pairs": []object{{"Key": "k", "Value": 1}, {"Key": "", "Value": 0}}, "Deep": [][]string{{"x"}, {}},
		}),
		record("lists that are empty", lists{}, object{
			"Numbers": []int{}, "Words": []int{}, "Fixed": []int{0, 0, 0}, "Pairs": []int{}, "Deep": []int{},
		}),
		record("maps", maps{
			Words: map[string]string{"k": "v"}, Seen: map[int64]bool{-5: true},
			Pairs: map[string]pair{"p": {"q", 2}}, Lists: map[string][]string{"l": {"m", "n"}},
			ByPair: map[pair]string{{"k", 3}: "three"}, Strange: map[string]pair{"__proto__": {"r", 4}},
		}, object{
			"Words": object{"k": "v"}, "Seen": [][]any{{-5, true}},
			"Pairs": object{"p": object{"Key": "q", "Value": 2}}, "Lists": object{"l": []string{"m", "n"}},
			"ByPair":  [][]any{{object{"Key": "k", "Value": 3}, "three"}},
			"Strange": object{"__proto__": object{"Key": "r", "Value": 4}},
		}),
		record("maps that are nil or empty", maps{Words: map[string]string{}}, object{
			"Words": object{}, "Seen": object{}, "Pairs": object{}, "Lists": object{}, "ByPair": object{}, "Strange": object{},
		}),
		record("pointers", pointers{Number: &seven, Pair: point, Again: &point, Zero: &zero}, object{
			"Number": 7, "Pair": object{"Key": "p", "Value": 1}, "Again": object{"Key": "p", "Value": 1},
			"Nobody": nil, "Zero": 0,
		}),
		record("structs in structs", outer{inner{"n", 9}, inner{}, "end"}, object{
			"Inner": object{"Name": "n", "Count": 9}, "Empty": object{"Name": "", "Count": 0}, "After": "end",
		}),
		record("a type that contains itself",
			tree{"root", []*tree{{Name: "left"}, {Name: "right", Next: &tree{Name: "more"}}}, nil}, object{
				"Name": "root", "Next": nil, "Children": []object{
					{"Name": "left", "Children": []int{}, "Next": nil},
					{"Name": "right", "Children": []int{}, "Next": object{"Name": "more", "Children": []int{}, "Next": nil}},
				},
			}),
		record("an interface value of a type not seen before", holder{"b", pair{"k", 1}, 5}, object{
			"Before": "b", "Any": object{"type": "main.pair", "value": object{"Key": "k", "Value": 1}}, "After": 5,
		}),
		record("interface values of all sorts",
			holder{"b", "text", 1}, object{"Before": "b", "Any": object{"type": "string", "value": "text"}, "After": 1},
			holder{"", nil, 0}, object{"Before": "", "Any": nil, "After": 0},
			holder{"c", 3.5, 2}, object{"Before": "c", "Any": object{"type": "float64", "value": 3.5}, "After": 2},
			holder{"d", []string{"x"}, 3}, object{"Before": "d", "Any": object{"type": "[]string", "value": []string{"x"}}, "After": 3},
			holder{"e", map[string]int{"y": 1}, 4}, object{"Before": "e", "Any": object{"type": "map[string]int", "value": object{"y": 1}}, "After": 4},
			holder{"f", pair{"k", 1}, 5}, object{"Before": "f", "Any": object{"type": "main.pair", "value": object{"Key": "k", "Value": 1}}, "After": 5},
			holder{"g", pair{"l", 2}, 6}, object{"Before": "g", "Any": object{"type": "main.pair", "value": object{"Key": "l", "Value": 2}}, "After": 6}),
		record("several new types in one value",
			shelf{[]any{"a", pair{"k", 1}, []string{"b"}, map[string]int{"c": 2}, nil, pair{"l", 3}}}, object{
				"Items": []any{
					object{"type": "string", "value": "a"},
					object{"type": "main.pair", "value": object{"Key": "k", "Value": 1}},
					object{"type": "[]string", "value": []string{"b"}},
					object{"type": "map[string]int", "value": object{"c": 2}},
					nil,
					object{"type": "main.pair", "value": object{"Key": "l", "Value": 3}},
				},
			}),
		record("interface values in interface values", holder{"b", wrapper{"text"}, 5}, object{
			"Before": "b", "After": 5, "Any": object{
				"type": "main.wrapper", "value": object{"Inside": object{"type": "string", "value": "text"}},
			},
		}),
		record("a new type in an interface value in an interface value", holder{"b", wrapper{pair{"k", 1}}, 5}, object{
			"Before": "b", "After": 5, "Any": object{
				"type": "main.wrapper", "value": object{
					"Inside": object{"type": "main.pair", "value": object{"Key": "k", "Value": 1}},
				},
			},
		}),
		record("values that encode themselves",
			marshalled{Warm: temperature{30}, Paint: colour{"red"}, At: time.Unix(0, 0).UTC()}, object{
				"Warm": "0x011e", "Cold": "", "Paint": "red", "At": "0x010000000e7791f70000000000ffff", "Missing": "",
			}),
		record("what is never sent", shy{Seen: "s", hidden: "h"}, object{"Seen": "s"}),
		record("values that are no structs",
			"text", "text", 5, 5, true, true, []string{"a"}, []string{"a"}, map[string]int{"k": 1}, object{"k": 1},
			named{"n"}, []string{"n"}, [2]bool{true, false}, []bool{true, false}, []byte{7}, "0x07", temperature{1}, "0x0101"),
		record("zero values that are no structs",
			"", "", 0, 0, false, false, []string{}, []int{}, map[string]int{}, object{}),
		record("one type used again",
			pair{"a", 1}, object{"Key": "a", "Value": 1}, pair{"b", 2}, object{"Key": "b", "Value": 2}, pair{}, object{"Key": "", "Value": 0}),
	}
}
