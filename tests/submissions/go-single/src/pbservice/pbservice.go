// Package pbservice is a key/value server that knows of no other: nothing is forwarded, nothing transferred,
// no request is recognised when it comes again, and no role is asked for.
package pbservice

import (
	"sync"
	"time"
	"viewservice"
)

const pause = 100 * time.Millisecond

type Args struct{ Key, Value string }

type Reply struct{ Value string }

type PBServer struct {
	mu     sync.Mutex
	values map[string]string
}

func (pb *PBServer) Get(args *Args, reply *Reply) error {
	pb.mu.Lock()
	defer pb.mu.Unlock()
	reply.Value = pb.values[args.Key]
	return nil
}

func (pb *PBServer) Put(args *Args, reply *Reply) error {
	pb.mu.Lock()
	defer pb.mu.Unlock()
	pb.values[args.Key] = args.Value
	return nil
}

func (pb *PBServer) Append(args *Args, reply *Reply) error {
	pb.mu.Lock()
	defer pb.mu.Unlock()
	pb.values[args.Key] += args.Value
	return nil
}

func StartServer(vshost string, me string) *PBServer {
	pb := &PBServer{values: map[string]string{}}
	viewservice.Serve(me, pb)
	go func() {
		views := viewservice.MakeClerk(me, vshost)
		for viewnum := uint(0); ; time.Sleep(pause) {
			if view, err := views.Ping(viewnum); err == nil {
				viewnum = view.Viewnum
			}
		}
	}()
	return pb
}

type Clerk struct{ views *viewservice.Clerk }

func MakeClerk(vshost string, me string) *Clerk {
	return &Clerk{viewservice.MakeClerk(me, vshost)}
}

func (ck *Clerk) call(method string, key string, value string) string {
	for {
		var reply Reply
		if view, ok := ck.views.Get(); ok {
			if viewservice.Call(view.Primary, "PBServer."+method, Args{key, value}, &reply) == nil {
				return reply.Value
			}
		}
		time.Sleep(pause)
	}
}

func (ck *Clerk) Get(key string) string { return ck.call("Get", key, "") }

func (ck *Clerk) Put(key string, value string) { ck.call("Put", key, value) }

func (ck *Clerk) Append(key string, value string) { ck.call("Append", key, value) }
