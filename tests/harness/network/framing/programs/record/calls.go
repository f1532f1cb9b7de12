package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/rpc"
	"sync"
)

// A session is what both sides of one connection of net/rpc have sent, and the calls that it carried.
type session struct {
	Name     string `json:"name"`
	Requests string `json:"requests"` // base64
	Replies  string `json:"replies"`  // base64
	Calls    []call `json:"calls"`    // in the order of the requests
	Answered []int  `json:"answered"` // ids in the order of the replies
}

type call struct {
	Id     int    `json:"id"`
	Method string `json:"method"`
	Args   any    `json:"args"`
	Result any    `json:"result,omitempty"`
	Error  string `json:"error,omitempty"`
}

type View struct {
	Viewnum         uint
	Primary, Backup string
}

type PingArgs struct {
	Me      string
	Viewnum uint
}

type PingReply struct{ View View }

type GetArgs struct{}

// ViewServer answers with whatever view it has been given. It keeps no account of anybody.
type ViewServer struct{ view View }

func (v *ViewServer) Ping(args *PingArgs, reply *PingReply) error {
	reply.View = v.view
	return nil
}

func (v *ViewServer) Get(args *GetArgs, reply *PingReply) error {
	reply.View = v.view
	return nil
}

type Parcel struct {
	Label   string
	Content any
	Data    map[string]string
	Seen    map[int64]bool
}

type Transfer struct {
	Data map[string]string
	Seen map[int64]bool
}

type Note struct {
	Kind, Key, Value string
	Client, Number   int64
}

// Echo sends back what it gets, or fails, or waits until it is told not to.
type Echo struct{ proceed chan bool }

func (e *Echo) Back(args *Parcel, reply *Parcel) error     { *reply = *args; return nil }
func (e *Echo) Take(args *Transfer, reply *Transfer) error { *reply = *args; return nil }
func (e *Echo) Note(args *Note, reply *Note) error         { *reply = *args; return nil }
func (e *Echo) Fail(args *Parcel, reply *Parcel) error     { return errors.New("no " + args.Label) }
func (e *Echo) Plain(args int, reply *string) error        { *reply = fmt.Sprint(args); return nil }
func (e *Echo) Wait(args *Parcel, reply *Parcel) error     { <-e.proceed; return nil }

// A tap keeps what is written through it.
type tap struct {
	net.Conn
	mutex sync.Mutex
	kept  bytes.Buffer
}

func (t *tap) Write(data []byte) (int, error) {
	t.mutex.Lock()
	t.kept.Write(data)
	t.mutex.Unlock()
	return t.Conn.Write(data)
}

func (t *tap) text() string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return base64.StdEncoding.EncodeToString(t.kept.Bytes())
}

func recordSession(name string, work func(client *rpc.Client, echo *Echo) ([]call, []int)) session {
	near, far := net.Pipe()
	requests, replies := &tap{Conn: near}, &tap{Conn: far}
	echo := &Echo{make(chan bool)}
	server := rpc.NewServer()
	check(server.Register(&ViewServer{View{2, "pb1", "pb2"}}))
	check(server.Register(echo))
	go server.ServeConn(replies)
	client := rpc.NewClient(requests)
	calls, answered := work(client, echo)
	client.Close()
	return session{name, requests.text(), replies.text(), calls, answered}
}

func check(err error) {
	if err != nil && err != io.EOF {
		panic(err)
	}
}

// inTurn makes calls one after the other.
func inTurn(client *rpc.Client, calls []call, ask func(number int) error) ([]call, []int) {
	answered := []int{}
	for number := range calls {
		calls[number].Id = number
		answered = append(answered, number)
		err := ask(number)
		if (err != nil) != (calls[number].Error != "") || err != nil && err.Error() != calls[number].Error {
			panic(fmt.Sprint(calls[number].Method, ": ", err))
		}
	}
	return calls, answered
}

func shownParcel(label string, content any, data, seen any) object {
	return object{"Label": label, "Content": content, "Data": data, "Seen": seen}
}

func calls() []session {
	view := object{"View": object{"Viewnum": 2, "Primary": "pb1", "Backup": "pb2"}}
	none := object{}
	ping := func(client *rpc.Client, viewnum uint) error {
		return client.Call("ViewServer.Ping", &PingArgs{"pb1", viewnum}, &PingReply{})
	}
	back := func(client *rpc.Client, parcel Parcel) error { return client.Call("Echo.Back", &parcel, &Parcel{}) }
	return []session{
		recordSession("one call", func(client *rpc.Client, _ *Echo) ([]call, []int) {
			calls := []call{{Method: "ViewServer.Ping", Args: object{"Me": "pb1", "Viewnum": 0}, Result: view}}
			return inTurn(client, calls, func(int) error { return ping(client, 0) })
		}),
		recordSession("several calls", func(client *rpc.Client, _ *Echo) ([]call, []int) {
			calls := []call{
				{Method: "ViewServer.Ping", Args: object{"Me": "pb1", "Viewnum": 0}, Result: view},
				{Method: "ViewServer.Ping", Args: object{"Me": "pb1", "Viewnum": 2}, Result: view},
				{Method: "ViewServer.Get", Args: object{}, Result: view},
				{Method: "Echo.Fail", Args: shownParcel("way", nil, none, none), Error: "no way"},
				{Method: "Echo.Missing", Args: shownParcel("", nil, none, none), Error: "rpc: can't find method Echo.Missing"},
				{Method: "Echo.Plain", Args: 5, Result: "5"},
				{Method: "Echo.Back", Args: shownParcel("l", nil, object{"k": "v"}, [][]any{{7, true}}), Result: shownParcel("l", nil, object{"k": "v"}, [][]any{{7, true}})},
			}
			return inTurn(client, calls, func(number int) error {
				switch number {
				case 0:
					return ping(client, 0)
				case 1:
					return ping(client, 2)
				case 2:
					return client.Call("ViewServer.Get", &GetArgs{}, &PingReply{})
				case 3:
					return client.Call("Echo.Fail", &Parcel{Label: "way"}, &Parcel{})
				case 4:
					return client.Call("Echo.Missing", &Parcel{}, &Parcel{})
				case 5:
					return client.Call("Echo.Plain", 5, new(string))
				}
				return back(client, Parcel{"l", nil, map[string]string{"k": "v"}, map[int64]bool{7: true}})
			})
		}),
		recordSession("interface values of types not seen before", func(client *rpc.Client, _ *Echo) ([]call, []int) {
			shown := shownParcel("a", object{"type": "main.pair", "value": object{"Key": "k", "Value": 1}}, none, none)
			other := shownParcel("b", object{"type": "main.wrapper", "value": object{"Inside": nil}}, none, none)
			calls := []call{
				{Method: "Echo.Back", Args: shown, Result: shown},
				{Method: "Echo.Back", Args: other, Result: other},
				{Method: "Echo.Back", Args: shown, Result: shown},
			}
			return inTurn(client, calls, func(number int) error {
				if number == 1 {
					return back(client, Parcel{Label: "b", Content: wrapper{}})
				}
				return back(client, Parcel{Label: "a", Content: pair{"k", 1}})
			})
		}),
		recordSession("interface values of basic types", func(client *rpc.Client, _ *Echo) ([]call, []int) {
			text := shownParcel("a", object{"type": "string", "value": "some text"}, none, none)
			number := shownParcel("b", object{"type": "int", "value": 5}, none, none)
			calls := []call{
				{Method: "Echo.Back", Args: text, Result: text}, {Method: "Echo.Back", Args: number, Result: number},
			}
			return inTurn(client, calls, func(number int) error {
				return back(client, Parcel{Label: string(rune('a' + number)), Content: []any{"some text", 5}[number]})
			})
		}),
		recordSession("answers in another order", func(client *rpc.Client, echo *Echo) ([]call, []int) {
			slow := client.Go("Echo.Wait", &Parcel{Label: "slow"}, &Parcel{}, nil)
			check(client.Call("Echo.Back", &Parcel{Label: "quick"}, &Parcel{}))
			echo.proceed <- true
			check((<-slow.Done).Error)
			empty := shownParcel("", nil, none, none)
			quick := shownParcel("quick", nil, none, none)
			return []call{
				{0, "Echo.Wait", shownParcel("slow", nil, none, none), empty, ""},
				{1, "Echo.Back", quick, quick, ""},
			}, []int{1, 0}
		}),
		recordSession("a transfer", func(client *rpc.Client, _ *Echo) ([]call, []int) {
			data, shown := map[string]string{}, object{}
			for n := 0; n < 200; n++ {
				key, value := fmt.Sprint("key-", n), fmt.Sprint("x ", n, " 0 y", "x ", n, " 1 y")
				data[key], shown[key] = value, value
			}
			all := object{"Data": shown, "Seen": [][]any{{7, true}}}
			calls := []call{{Method: "Echo.Take", Args: all, Result: all}}
			return inTurn(client, calls, func(int) error {
				return client.Call("Echo.Take", &Transfer{data, map[int64]bool{7: true}}, &Transfer{})
			})
		}),
		recordSession("small calls", func(client *rpc.Client, _ *Echo) ([]call, []int) {
			notes := []Note{
				{"append", "k", "x 0 1 y", 1<<62 - 57, 1}, {"get", "key-2", "", 7, 2}, {"put", "k", "x 0 3 y", -1, 300},
			}
			calls := []call{}
			for _, n := range notes {
				shown := object{"Kind": n.Kind, "Key": n.Key, "Value": n.Value, "Client": n.Client, "Number": n.Number}
				if n.Client > 1<<53 {
					shown["Client"] = fmt.Sprint(n.Client)
				}
				calls = append(calls, call{Method: "Echo.Note", Args: shown, Result: shown})
			}
			return inTurn(client, calls, func(number int) error {
				return client.Call("Echo.Note", &notes[number], &Note{})
			})
		}),
	}
}
