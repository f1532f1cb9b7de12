// Package viewservice is wrong on purpose: whoever pinged first stays primary, dead or not, and it talks
// about it on standard output all the time.
package viewservice

import (
	"fmt"
	"net"
	"net/rpc"
	"os"
	"sync"
)

type View struct {
	Viewnum         uint
	Primary, Backup string
}

type PingArgs struct {
	Me      string
	Viewnum uint
}

type PingReply struct{ View View }

type ViewServer struct {
	mu   sync.Mutex
	view View
}

func (vs *ViewServer) Ping(args *PingArgs, reply *PingReply) error {
	vs.mu.Lock()
	defer vs.mu.Unlock()
	fmt.Println("pinged by", args.Me)
	if vs.view.Viewnum == 0 && args.Me != "" {
		vs.view = View{Viewnum: 1, Primary: args.Me}
	}
	reply.View = vs.view
	return nil
}

func StartServer(me string) *ViewServer {
	vs := new(ViewServer)
	Serve(me, vs)
	return vs
}

func Serve(me string, receiver interface{}) {
	server := rpc.NewServer()
	if err := server.Register(receiver); err != nil {
		panic(err)
	}
	os.Remove(me)
	listener, err := net.Listen("unix", me)
	if err != nil {
		panic(err)
	}
	go server.Accept(listener)
}

func Call(server string, method string, args interface{}, reply interface{}) error {
	client, err := rpc.Dial("unix", server)
	if err != nil {
		return err
	}
	defer client.Close()
	return client.Call(method, args, reply)
}

type Clerk struct{ me, server string }

func MakeClerk(me string, server string) *Clerk {
	return &Clerk{me, server}
}

func (ck *Clerk) Ping(viewnum uint) (View, error) {
	var reply PingReply
	err := Call(ck.server, "ViewServer.Ping", PingArgs{ck.me, viewnum}, &reply)
	return reply.View, err
}

// Get pings in nobody's name, because it can.
func (ck *Clerk) Get() (View, bool) {
	fmt.Println("who is it?")
	var reply PingReply
	err := Call(ck.server, "ViewServer.Ping", PingArgs{}, &reply)
	return reply.View, err == nil
}
