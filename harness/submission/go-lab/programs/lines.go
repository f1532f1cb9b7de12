package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
)

// What the kit asks; which of the fields are set depends on the operation.
type request struct {
	ID      int64  `json:"id"`
	Op      string `json:"op"`
	Key     string `json:"key"`
	Value   string `json:"value"`
	As      string `json:"as"`
	Viewnum uint   `json:"viewnum"`
}

type answer struct {
	ID    int64   `json:"id"`
	OK    bool    `json:"ok"`
	Value *string `json:"value,omitempty"`
	View  *view   `json:"view,omitempty"`
	Error string  `json:"error,omitempty"`
}

type view struct {
	Viewnum uint   `json:"viewnum"`
	Primary string `json:"primary"`
	Backup  string `json:"backup"`
}

func refuse(id int64, why string) answer {
	return answer{ID: id, Error: why}
}

// Hands over the requests on standard input, one JSON object a line, until it ends. Then the process
// ends, whatever is still under way.
func readRequests(handle func(request)) {
	requests := json.NewDecoder(os.Stdin)
	for {
		var next request
		switch err := requests.Decode(&next); err {
		case nil:
			handle(next)
		case io.EOF:
			os.Exit(0)
		default:
			fmt.Fprintln(os.Stderr, "expected a JSON object a line on standard input:", err)
			os.Exit(1)
		}
	}
}

// Answers go to the real standard output, one a line; any goroutine may give one.
type answers struct {
	mu      sync.Mutex
	encoder *json.Encoder
}

func newAnswers(to io.Writer) *answers {
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	return &answers{encoder: encoder}
}

func (to *answers) give(one answer) {
	to.mu.Lock()
	defer to.mu.Unlock()
	if err := to.encoder.Encode(one); err != nil {
		// The reader has gone.
		os.Exit(0)
	}
}
