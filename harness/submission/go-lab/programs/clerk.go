package main

import (
	"fmt"
	"reflect"
)

// How many requests may wait behind one that hangs. The kit has a single one under way.
const patience = 4096

// The clerk's methods by the operations of the kit. They are looked up by name, because each year of
// the lab has others.
var methods = map[string]string{"get": "Get", "put": "Put", "append": "Append", "puthash": "PutHash"}

// Does one operation after the other, as the lab asks of a clerk. The clerk is made for the first of them:
// by then there is a view, and some constructors ask for it.
func serveClerk(viewService string, self string, to *answers) {
	requests := make(chan request, patience)
	go func() {
		var clerk reflect.Value
		for next := range requests {
			if !clerk.IsValid() {
				made, err := newClerk(viewService, self)
				if err != nil {
					to.give(refuse(next.ID, err.Error()))
					continue
				}
				clerk = made
			}
			to.give(perform(clerk, next))
		}
	}()
	readRequests(func(next request) { requests <- next })
}

// A panic of the clerk is not caught: it ends the process, and is seen for what it is.
func perform(clerk reflect.Value, asked request) answer {
	name, known := methods[asked.Op]
	if !known {
		return refuse(asked.ID, fmt.Sprintf("unknown operation %q", asked.Op))
	}
	method, found := methodOf(clerk, name)
	if !found {
		return refuse(asked.ID, fmt.Sprintf("the clerk has no method %s", name))
	}
	results, err := method.call(textsOf(asked)...)
	if err != nil {
		return refuse(asked.ID, err.Error())
	}
	if !returnsValue(asked.Op) {
		return answer{ID: asked.ID, OK: true}
	}
	which, isText := method.textResult()
	if !isText {
		return refuse(asked.ID, fmt.Sprintf("%s is a %s, which returns no string", name, method.Type()))
	}
	value := results[which].String()
	return answer{ID: asked.ID, OK: true, Value: &value}
}

// Whether a method can do an operation of the kit.
func canDo(method function, op string) bool {
	if !method.takes(textsOf(request{Op: op})...) {
		return false
	}
	_, isText := method.textResult()
	return isText || !returnsValue(op)
}

func textsOf(asked request) []interface{} {
	if asked.Op == "get" {
		return []interface{}{asked.Key}
	}
	return []interface{}{asked.Key, asked.Value}
}

func returnsValue(op string) bool {
	return op == "get" || op == "puthash"
}
