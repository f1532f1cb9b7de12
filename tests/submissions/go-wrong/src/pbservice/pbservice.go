// Package pbservice is wrong on purpose, in ways that nobody would copy. Which one is chosen by the key of
// an update:
//
//	fatal         the third of them ends the server by log.Fatal
//	panic         the server panics
//	map           two goroutines write to one map, and the runtime ends the server
//	stuck         the server calls itself while it holds its lock
//	race          two goroutines write to one variable; only the race detector sees it
//	clerk-panic   the clerk panics
//
// Whatever is done, it is told on standard output in words that look like a clerk's answer.
package pbservice

import (
	"fmt"
	"log"
	"sync"
	"time"
	"viewservice"
)

const pause = 100 * time.Millisecond

func init() {
	fmt.Println(`{"id":1,"ok":true,"value":"from the initialisation of a package"}`)
}

type Args struct{ Key, Value string }

type Reply struct{ Value string }

type PBServer struct {
	mu     sync.Mutex
	me     string
	values map[string]string
	fatals int
}

func (pb *PBServer) Read(args *Args, reply *Reply) error {
	pb.mu.Lock()
	defer pb.mu.Unlock()
	reply.Value = pb.values[args.Key]
	return nil
}

func (pb *PBServer) Write(args *Args, reply *Reply) error {
	pb.mu.Lock()
	defer pb.mu.Unlock()
	switch args.Key {
	case "fatal":
		if pb.fatals++; pb.fatals == 3 {
			log.Fatal("this is the third of them")
		}
	case "panic":
		panic("this is no key")
	case "map":
		writeMap()
	case "race":
		writeVariable()
	case "stuck":
		viewservice.Call(pb.me, "PBServer.Read", Args{}, reply)
	}
	reply.Value = pb.values[args.Key]
	pb.values[args.Key] = args.Value
	return nil
}

// Goes on until the runtime notices.
func writeMap() {
	shared := map[int]int{}
	for worker := 0; worker < 4; worker++ {
		go func() {
			for i := 0; ; i++ {
				shared[i%100] = i
			}
		}()
	}
	time.Sleep(time.Minute)
}

var counter int

func writeVariable() {
	var both sync.WaitGroup
	both.Add(2)
	for worker := 0; worker < 2; worker++ {
		go func() {
			defer both.Done()
			for i := 0; i < 1000; i++ {
				counter++
			}
		}()
	}
	both.Wait()
}

func StartServer(vshost string, me string) *PBServer {
	pb := &PBServer{me: me, values: map[string]string{}}
	viewservice.Serve(me, pb)
	go func() {
		for ; ; time.Sleep(pause) {
			viewservice.MakeClerk(me, vshost).Ping(0)
		}
	}()
	return pb
}

type Clerk struct{ primary string }

// MakeClerk asks for the view once and for all, whatever the answer is.
func MakeClerk(vshost string, me string) *Clerk {
	view, _ := viewservice.MakeClerk(me, vshost).Get()
	return &Clerk{view.Primary}
}

func (ck *Clerk) call(method string, key string, value string) string {
	fmt.Println(`{"id":1,"ok":true,"value":"from the clerk itself"}`)
	var reply Reply
	if err := viewservice.Call(ck.primary, "PBServer."+method, Args{key, value}, &reply); err != nil {
		fmt.Println(err)
	}
	return reply.Value
}

func (ck *Clerk) Get(key string) string { return ck.call("Read", key, "") }

func (ck *Clerk) Put(key string, value string) {
	if key == "clerk-panic" {
		panic("this is no key either")
	}
	ck.call("Write", key, value)
}

// Append puts, and returns what was there.
func (ck *Clerk) Append(key string, value string) string { return ck.call("Write", key, value) }
