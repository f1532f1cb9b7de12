// Writes the recordings that the tests of the decoder and of the framing read:
//
//	go run . values > values.json
//	go run . calls > calls.json
//
// It is run by hand when there is a kind of value to be added; the tests need no Go.
package main

import (
	"encoding/json"
	"log"
	"os"
)

func main() {
	recordings := map[string]func() any{
		"values": func() any { return values() },
		"calls":  func() any { return calls() },
	}
	if len(os.Args) != 2 || recordings[os.Args[1]] == nil {
		log.Fatal("say which: values or calls")
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(recordings[os.Args[1]]()); err != nil {
		log.Fatal(err)
	}
}
