// Sockets, lines and timers for main.go. This part is complete: read it once, there is no need to change it.
//
// pblab/1 is JSON-RPC 2.0 over Unix sockets, one JSON object a line. The name of a program is the path of its
// socket. pblab/reference/protocol.md describes all messages.

package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"strconv"
	"time"
)

var (
	pingInterval = time.Duration(setting("PBLAB_PING_INTERVAL_MS", 100)) * time.Millisecond
	// A server is dead after this many ping intervals without a ping.
	deadPings = setting("PBLAB_DEAD_PINGS", 5)
)

// Error codes of pblab/1.
const (
	notPrimary    = -32001
	notReady      = -32002
	unknownMethod = -32601
	badParams     = -32602
	internalError = -32603
)

// Refusal is an answer that is an error. A handler returns one, and call returns it to the caller. Any other
// error of call says that there was no answer: the other side may have executed the call, or may still do so.
type Refusal struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (refusal *Refusal) Error() string { return refusal.Message }

func notWritten(what string) error {
	return &Refusal{unknownMethod, "not written yet: " + what}
}

type request struct {
	Version string          `json:"jsonrpc"`
	ID      int             `json:"id"`
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
}

type reply struct {
	Version string          `json:"jsonrpc"`
	ID      int             `json:"id"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *Refusal        `json:"error,omitempty"`
}

// call puts the result of one call, on a connection of its own, into result. 0 as the limit waits for ever.
func call(name, method string, params, result any, limit time.Duration) error {
	text, err := json.Marshal(params)
	if err != nil {
		return err
	}
	connection, err := net.Dial("unix", name)
	if err != nil {
		return err
	}
	defer connection.Close()
	if limit > 0 {
		connection.SetDeadline(time.Now().Add(limit))
	}
	if err := send(connection, request{"2.0", 1, method, text}); err != nil {
		return err
	}
	line, err := bufio.NewReader(connection).ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("%s to %s: %w", method, name, err)
	}
	var answer reply
	if err := json.Unmarshal(line, &answer); err != nil {
		return err
	}
	if answer.Error != nil {
		return answer.Error
	}
	return json.Unmarshal(answer.Result, result)
}

// Handler takes the params of a method and gives its result.
type Handler func(params json.RawMessage) (any, error)

// handler makes one of a function with params and result of its own types.
func handler[P, R any](function func(P) (R, error)) Handler {
	return func(text json.RawMessage) (any, error) {
		var params P
		if err := json.Unmarshal(text, &params); err != nil {
			return nil, &Refusal{badParams, err.Error()}
		}
		return function(params)
	}
}

// serve answers calls for ever.
func serve(me string, handlers map[string]Handler) {
	os.Remove(me)
	listener, err := net.Listen("unix", me)
	if err != nil {
		log.Fatal(err)
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go attend(connection, handlers)
	}
}

func attend(connection net.Conn, handlers map[string]Handler) {
	defer connection.Close()
	lines := bufio.NewReader(connection)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var asked request
		if err := json.Unmarshal(line, &asked); err != nil {
			return
		}
		if err := send(connection, answerTo(asked, handlers)); err != nil {
			return
		}
	}
}

func answerTo(asked request, handlers map[string]Handler) reply {
	answer := reply{Version: "2.0", ID: asked.ID}
	handle, known := handlers[asked.Method]
	if !known {
		answer.Error = &Refusal{unknownMethod, "unknown method " + asked.Method}
		return answer
	}
	result, err := handle(asked.Params)
	if err == nil {
		answer.Result, err = json.Marshal(result)
	}
	if err != nil && !errors.As(err, &answer.Error) {
		log.Printf("%s: %v", asked.Method, err)
		answer.Error = &Refusal{internalError, err.Error()}
	}
	return answer
}

// every calls tick for ever, with a pause of the interval after each call. It tells each failure once.
func every(interval time.Duration, tick func() error) {
	told := map[string]bool{}
	for {
		if err := tick(); err != nil && !told[err.Error()] {
			told[err.Error()] = true
			log.Print(err)
		}
		time.Sleep(interval)
	}
}

type operation struct {
	ID    int    `json:"id"`
	Op    string `json:"op"`
	Key   string `json:"key"`
	Value string `json:"value"`
}

type outcome struct {
	ID    int     `json:"id"`
	OK    bool    `json:"ok"`
	Value *string `json:"value,omitempty"`
	Error string  `json:"error,omitempty"`
}

// serveClerk reads one operation a line from standard input, and writes one answer a line to standard output.
func serveClerk(clerk *Clerk) {
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			return
		}
		var asked operation
		if err := json.Unmarshal(line, &asked); err != nil {
			log.Fatal(err)
		}
		// os.Stdout has no buffer. Behind a bufio.Writer each answer needs a Flush.
		if err := send(os.Stdout, perform(clerk, asked)); err != nil {
			log.Fatal(err)
		}
	}
}

func perform(clerk *Clerk, asked operation) outcome {
	answer := outcome{ID: asked.ID, OK: true}
	var err error
	var value string
	if asked.Op == "get" {
		value, err = clerk.get(asked.Key)
	} else {
		value, err = clerk.update(asked.Op, asked.Key, asked.Value)
	}
	if asked.Op == "get" || asked.Op == "puthash" {
		answer.Value = &value
	}
	if err != nil {
		return outcome{ID: asked.ID, Error: err.Error()}
	}
	return answer
}

func send(to io.Writer, message any) error {
	line, err := json.Marshal(message)
	if err != nil {
		return err
	}
	_, err = to.Write(append(line, '\n'))
	return err
}

func setting(name string, preset int) int {
	if value, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return value
	}
	return preset
}
