package main

import (
	"fmt"
	"pbservice"
	"reflect"
)

// How many requests may wait behind one that hangs. The kit has a single one under way.
const patience = 4096

// The clerk's methods by the operations of the kit. They are looked up by name, because each year of
// the lab has others.
var methods = map[string]string{"get": "Get", "put": "Put", "append": "Append", "puthash": "PutHash"}

// Does one operation after the other, as the lab asks of a clerk. The clerk is made for the first of them:
// by then there is a view, and some constructors ask for it.
func serveClerk(viewService string, to *answers) {
	requests := make(chan request, patience)
	go func() {
		var clerk reflect.Value
		for next := range requests {
			if !clerk.IsValid() {
				clerk = reflect.ValueOf(pbservice.MakeClerk(viewService, ""))
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
	method := clerk.MethodByName(name)
	if !method.IsValid() {
		return refuse(asked.ID, fmt.Sprintf("the clerk has no method %s", name))
	}
	texts := []string{asked.Key, asked.Value}
	if asked.Op == "get" {
		texts = texts[:1]
	}
	words, fit := arguments(method.Type(), texts)
	if !fit {
		return refuse(asked.ID, fmt.Sprintf("%s is a %s, expected %d strings", name, method.Type(), len(texts)))
	}
	results := method.Call(words)
	if asked.Op == "put" || asked.Op == "append" {
		return answer{ID: asked.ID, OK: true}
	}
	if len(results) == 0 || results[0].Kind() != reflect.String {
		return refuse(asked.ID, fmt.Sprintf("%s is a %s, which returns no string", name, method.Type()))
	}
	value := results[0].String()
	return answer{ID: asked.ID, OK: true, Value: &value}
}

func arguments(method reflect.Type, texts []string) ([]reflect.Value, bool) {
	if method.NumIn() != len(texts) || method.IsVariadic() {
		return nil, false
	}
	words := make([]reflect.Value, len(texts))
	for i, text := range texts {
		if method.In(i).Kind() != reflect.String {
			return nil, false
		}
		words[i] = reflect.ValueOf(text).Convert(method.In(i))
	}
	return words, true
}
