package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// What the packages offer to the kit, as the compiler has taken them.
type description struct {
	// The type of the clerk.
	Clerk string `json:"clerk"`
	// The clerk's methods by the operations that they are for.
	Methods map[string]method `json:"methods"`
	// What cannot be called as the stock lab calls it.
	Misfits []misfit `json:"misfits"`
}

type method struct {
	Type string `json:"type"`
	Fits bool   `json:"fits"`
}

type misfit struct {
	Name     string `json:"name"`
	Got      string `json:"got"`
	Expected string `json:"expected"`
}

func describe(file string) {
	text, err := json.Marshal(whatIsOffered())
	if err == nil {
		err = os.WriteFile(file, text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func whatIsOffered() description {
	found := description{Methods: map[string]method{}, Misfits: []misfit{}}
	expect := func(fits bool, f function, expected string) {
		if fits {
			return
		}
		got := "nothing of that name"
		if f.IsValid() {
			got = f.Type().String()
		}
		found.Misfits = append(found.Misfits, misfit{f.name, got, expected})
	}
	expect(startView.takes(""), startView, "func(me string)")
	expect(startServer.takes("", ""), startServer, "func(vshost string, me string)")
	const viewer = "func(me string, server string) *Clerk"
	expect(makeViewer.takes("", "") && makeViewer.makes(), makeViewer, viewer)
	const clerk = "func(vshost string, me string) *Clerk"
	expect(makeClerk.takes(clerkNames("", "")...) && makeClerk.makes(), makeClerk, clerk)
	if makeViewer.makes() {
		ping := methodOfType(makeViewer.Type().Out(0), "Ping")
		expect(ping.takes(uint(0)) && returnsView(ping), ping, "func(viewnum uint) (View, error)")
		get := methodOfType(makeViewer.Type().Out(0), "Get")
		expect(get.takes() && returnsView(get), get, "func() (View, bool)")
	}
	if makeClerk.makes() {
		found.Clerk = makeClerk.Type().Out(0).String()
		for op, name := range methods {
			if one := methodOfType(makeClerk.Type().Out(0), name); one.IsValid() {
				found.Methods[op] = method{one.Type().String(), canDo(one, op)}
			}
		}
	}
	return found
}
