package main

import (
	"fmt"
	"reflect"
	"strings"
)

// Serves any number of requests at the same time, each with a clerk of its own, so that hundreds can ask
// at once and none shares anything with another.
func serveViewClerk(viewService string, to *answers) {
	readRequests(func(asked request) {
		go func() { to.give(askView(viewService, asked)) }()
	})
}

func askView(viewService string, asked request) answer {
	clerk, err := makeViewer.make(inOrder(makeViewer, viewService, asked.As)...)
	if err != nil {
		return refuse(asked.ID, err.Error())
	}
	switch asked.Op {
	case "ping":
		return viewFrom(clerk, asked.ID, "Ping", asked.Viewnum)
	case "view":
		return viewFrom(clerk, asked.ID, "Get")
	default:
		return refuse(asked.ID, fmt.Sprintf("unknown operation %q", asked.Op))
	}
}

func viewFrom(clerk reflect.Value, id int64, name string, values ...interface{}) answer {
	method, found := methodOf(clerk, name)
	if !found {
		return refuse(id, fmt.Sprintf("the clerk of the view service has no method %s", name))
	}
	results, err := method.call(values...)
	if err != nil {
		return refuse(id, err.Error())
	}
	for _, result := range results {
		if told, isView := readView(result); isView {
			return answer{ID: id, OK: true, View: &told}
		}
	}
	return refuse(id, fmt.Sprintf("%s is a %s, which returned no view", name, method.Type()))
}

// Whether one of the results of a method is a view.
func returnsView(method function) bool {
	for i := 0; i < method.Type().NumOut(); i++ {
		if _, isView := readView(reflect.New(method.Type().Out(i)).Elem()); isView {
			return true
		}
	}
	return false
}

// The view in a result, which may be a pointer to it; that of the lab has these three fields.
func readView(result reflect.Value) (view, bool) {
	if result.Kind() == reflect.Ptr {
		if result.IsNil() {
			result = reflect.New(result.Type().Elem())
		}
		result = result.Elem()
	}
	if result.Kind() != reflect.Struct {
		return view{}, false
	}
	number, primary, backup := field(result, "Viewnum"), field(result, "Primary"), field(result, "Backup")
	if !number.IsValid() || !isWhole(number.Type()) || primary.Kind() != reflect.String || backup.Kind() != reflect.String {
		return view{}, false
	}
	told := view{Primary: primary.String(), Backup: backup.String()}
	if number.CanInt() {
		told.Viewnum = uint(number.Int())
	} else {
		told.Viewnum = uint(number.Uint())
	}
	return told, true
}

func field(of reflect.Value, name string) reflect.Value {
	return of.FieldByNameFunc(func(found string) bool { return strings.EqualFold(found, name) })
}
