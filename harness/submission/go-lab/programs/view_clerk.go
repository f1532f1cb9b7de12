package main

import (
	"fmt"
	"viewservice"
)

// Serves any number of requests at the same time, each with a clerk of its own, so that hundreds can ask
// at once and none shares anything with another.
func serveViewClerk(viewService string, to *answers) {
	readRequests(func(asked request) {
		go func() { to.give(askView(viewservice.MakeClerk(asked.As, viewService), asked)) }()
	})
}

func askView(clerk *viewservice.Clerk, asked request) answer {
	switch asked.Op {
	case "ping":
		told, err := clerk.Ping(asked.Viewnum)
		if err != nil {
			return refuse(asked.ID, err.Error())
		}
		return viewAnswer(asked.ID, told)
	case "view":
		told, ok := clerk.Get()
		if !ok {
			return refuse(asked.ID, "the view service was not reached")
		}
		return viewAnswer(asked.ID, told)
	default:
		return refuse(asked.ID, fmt.Sprintf("unknown operation %q", asked.Op))
	}
}

func viewAnswer(id int64, told viewservice.View) answer {
	return answer{ID: id, OK: true, View: &view{told.Viewnum, told.Primary, told.Backup}}
}
