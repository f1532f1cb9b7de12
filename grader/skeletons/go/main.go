// Your view service, server and clerk. Sockets, lines and timers are done, in wire.go.
//
//	./kv view SELF           the view service, which listens on the socket SELF
//	./kv server VIEW SELF    a server; VIEW is the socket of the view service
//	./kv clerk VIEW          reads operations from standard input
//
// What is missing is marked TODO. Until it is written it answers notWritten, and pblab shows those words.
// Write messages for yourself with log.Print: standard output of a clerk belongs to its answers.
package main

import (
	"log"
	"os"
	"sync"
)

// View has "" for a server that is absent.
type View struct {
	Viewnum int    `json:"viewnum"`
	Primary string `json:"primary"`
	Backup  string `json:"backup"`
}

// What pblab/1 calls the params and results of its methods; see reference/protocol.md of pblab.
type (
	PingParams struct {
		Server  string `json:"server"`
		Viewnum int    `json:"viewnum"`
	}
	ViewResult struct {
		View View `json:"view"`
	}
	GetParams struct {
		Key string `json:"key"`
	}
	GetResult struct {
		Value string `json:"value"`
	}
	UpdateParams struct {
		Op       string `json:"op"`
		Key      string `json:"key"`
		Value    string `json:"value"`
		Client   string `json:"client"`
		Sequence int    `json:"sequence"`
	}
	// UpdateResult has the value before a puthash, and nil for other updates.
	UpdateResult struct {
		Value *string `json:"value,omitempty"`
	}
)

// ViewService decides who is primary and who is backup. Handlers and tick run in goroutines of their own.
type ViewService struct {
	mu sync.Mutex
	// Before the first ping there is view 0, without members.
	view View
	// TODO: what you keep of each server, such as when it last pinged.
}

func (vs *ViewService) ping(params PingParams) (ViewResult, error) {
	// TODO: params.Server is alive and works in view params.Viewnum; 0 says that it has just started, without
	// data. Change vs.view if the rules say so, and answer ViewResult{vs.view}.
	return ViewResult{}, notWritten("view.ping (ViewService.ping in main.go)")
}

func (vs *ViewService) get(struct{}) (ViewResult, error) {
	vs.mu.Lock()
	defer vs.mu.Unlock()
	return ViewResult{vs.view}, nil
}

func (vs *ViewService) tick() error {
	// TODO: called once per ping interval. Which servers have not pinged for deadPings intervals?
	return nil
}

// Server holds keys and values. Handlers and tick run in goroutines of their own.
type Server struct {
	viewService, me string
	mu              sync.Mutex
	// TODO: the store, the view that you know, and what you need to recognise a retry.
}

func (server *Server) get(params GetParams) (GetResult, error) {
	// TODO: answer the value, "" for a missing key, or &Refusal{notPrimary, "why"}.
	return GetResult{}, notWritten("kv.get (Server.get in main.go)")
}

func (server *Server) update(params UpdateParams) (UpdateResult, error) {
	// TODO: answer when it is done, &before in it for puthash. A retry comes with the same client and sequence.
	return UpdateResult{}, notWritten("kv.update (Server.update in main.go)")
}

// TODO: what servers ask each other is yours to invent: forwards, the transfer to a new backup.
// Write a handler for each, and give it a name in main.

func (server *Server) tick() error {
	// TODO: called once per ping interval. Ping the view service:
	//   call(server.viewService, "view.ping", PingParams{server.me, ...}, &result, limit)
	return notWritten("the ping of a server (Server.tick in main.go)")
}

// Clerk asks servers on behalf of a client. It does one operation at a time.
type Clerk struct {
	viewService string
	// TODO: an id that no other clerk has, the number of the last update, the view that you know.
}

func (clerk *Clerk) get(key string) (string, error) {
	// TODO: find the primary, call its "kv.get", and return the value.
	return "", notWritten("get (Clerk.get in main.go)")
}

func (clerk *Clerk) update(op, key, value string) (string, error) {
	// TODO: find the primary and call its "kv.update". Return only when it is done: the value before for puthash.
	return "", notWritten(op + " (Clerk.update in main.go)")
}

func main() {
	log.SetFlags(log.Ltime | log.Lmicroseconds)
	words := os.Args[1:]
	switch {
	case len(words) == 2 && words[0] == "view":
		service := &ViewService{}
		go every(pingInterval, service.tick)
		serve(words[1], map[string]Handler{
			"view.ping": handler(service.ping),
			"view.get":  handler(service.get),
		})
	case len(words) == 3 && words[0] == "server":
		server := &Server{viewService: words[1], me: words[2]}
		go every(pingInterval, server.tick)
		serve(server.me, map[string]Handler{
			"kv.get":    handler(server.get),
			"kv.update": handler(server.update),
		})
	case len(words) == 2 && words[0] == "clerk":
		serveClerk(&Clerk{viewService: words[1]})
	default:
		log.Fatal("usage: kv view SELF | server VIEW SELF | clerk VIEW")
	}
}
