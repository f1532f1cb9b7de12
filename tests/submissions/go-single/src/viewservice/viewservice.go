// Package viewservice is honestly partial: the first server that pings is primary for ever, and there is
// no backup. It is enough for whatever needs one server, and shows the kit what the interface of the lab is.
package viewservice

import (
	"errors"
	"log"
	"net"
	"net/rpc"
	"os"
	"sync"
)

type View struct {
	Viewnum uint
	Primary string
	Backup  string
}

type PingArgs struct {
	Me      string
	Viewnum uint
}

type PingReply struct{ View View }

type GetArgs struct{}

type GetReply struct{ View View }

type ViewServer struct {
	mu   sync.Mutex
	view View
}

func (vs *ViewServer) Ping(args *PingArgs, reply *PingReply) error {
	vs.mu.Lock()
	defer vs.mu.Unlock()
	if vs.view.Primary == "" {
		vs.view = View{Viewnum: 1, Primary: args.Me}
	}
	reply.View = vs.view
	return nil
}

func (vs *ViewServer) Get(args *GetArgs, reply *GetReply) error {
	vs.mu.Lock()
	defer vs.mu.Unlock()
	reply.View = vs.view
	return nil
}

func StartServer(me string) *ViewServer {
	vs := new(ViewServer)
	Serve(me, vs)
	return vs
}

// Serve answers calls to a receiver on the socket me.
func Serve(me string, receiver interface{}) {
	server := rpc.NewServer()
	if err := server.Register(receiver); err != nil {
		log.Fatal(err)
	}
	os.Remove(me)
	listener, err := net.Listen("unix", me)
	if err != nil {
		log.Fatal("listen error: ", err)
	}
	go server.Accept(listener)
}

// Call makes one call over a connection of its own.
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
	if err := Call(ck.server, "ViewServer.Ping", PingArgs{ck.me, viewnum}, &reply); err != nil {
		return View{}, errors.New("the view service did not answer: " + err.Error())
	}
	return reply.View, nil
}

func (ck *Clerk) Get() (View, bool) {
	var reply GetReply
	err := Call(ck.server, "ViewServer.Get", GetArgs{}, &reply)
	return reply.View, err == nil
}
