package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"
)

// A function or a method of the submission.
type function struct {
	name string
	reflect.Value
}

// Whether it can be called with such values.
func (f function) takes(values ...interface{}) bool {
	_, fit := f.arguments(values)
	return fit
}

// Calls it with texts and numbers. The error says why it gave up, or that it cannot be called so.
func (f function) call(values ...interface{}) ([]reflect.Value, error) {
	arguments, fit := f.arguments(values)
	if !fit {
		return nil, fmt.Errorf("%s is a %s, which does not take what the lab gives it", f.name, f.Type())
	}
	results := f.Call(arguments)
	return results, f.whyGivenUp(results)
}

var contextType = reflect.TypeOf((*context.Context)(nil)).Elem()

// The values in their order, with what can safely be added: a channel on which nothing comes, a context that is
// never done, and no further arguments. The kit cannot provide any other parameter of a function.
func (f function) arguments(values []interface{}) ([]reflect.Value, bool) {
	if !f.IsValid() {
		return nil, false
	}
	asked := f.Type().NumIn()
	if f.Type().IsVariadic() {
		asked--
	}
	var arguments []reflect.Value
	for i := 0; i < asked; i++ {
		parameter := f.Type().In(i)
		switch {
		case len(values) > 0 && isAlike(parameter, values[0]):
			arguments = append(arguments, reflect.ValueOf(values[0]).Convert(parameter))
			values = values[1:]
		case parameter.Kind() == reflect.Chan:
			arguments = append(arguments, silentChannel(parameter))
		case parameter == contextType:
			arguments = append(arguments, reflect.ValueOf(context.Background()))
		default:
			return nil, false
		}
	}
	return arguments, len(values) == 0
}

// A named type of texts takes any text, and each type of whole numbers a number.
func isAlike(parameter reflect.Type, value interface{}) bool {
	if _, isText := value.(string); isText {
		return parameter.Kind() == reflect.String
	}
	return isWhole(parameter)
}

func isWhole(t reflect.Type) bool {
	return t.Kind() >= reflect.Int && t.Kind() <= reflect.Uintptr
}

// Nothing is ever sent on it, and what the submission sends is taken, so that no server waits for a reader.
func silentChannel(t reflect.Type) reflect.Value {
	channel := reflect.MakeChan(reflect.ChanOf(reflect.BothDir, t.Elem()), 0)
	if t.ChanDir() != reflect.RecvDir {
		go func() {
			for open := true; open; {
				_, open = channel.Recv()
			}
		}()
	}
	return channel.Convert(t)
}

var errorType = reflect.TypeOf((*error)(nil)).Elem()

// What a submission calls its errors in the stock lab, where they are texts.
const stockErrors = "Err"

// A last result that is an error or false means that the function gave up; so does the Err of the stock lab,
// wherever it stands.
func (f function) whyGivenUp(results []reflect.Value) error {
	for i, result := range results {
		isLast := i == len(results)-1
		switch {
		case isFine(result):
			continue
		case isLast && result.Type().Implements(errorType):
			return errors.New(result.Interface().(error).Error())
		case isLast && result.Kind() == reflect.Bool:
			return errors.New(f.name + " returned false")
		case isStockError(result.Type()):
			return errors.New(result.String())
		}
	}
	return nil
}

func isStockError(t reflect.Type) bool {
	return t.Kind() == reflect.String && t.Name() == stockErrors
}

// Nil is fine, also in an interface; so are true, what the stock lab says of an operation that was done, and the
// zero of any other type of errors. An error without fields that stands in an interface is an error.
func isFine(result reflect.Value) bool {
	switch result.Kind() {
	case reflect.Interface:
		inside := result.Elem()
		return !inside.IsValid() || (inside.Kind() != reflect.Struct && isFine(inside))
	case reflect.Bool:
		return result.Bool()
	case reflect.String:
		text := result.String()
		return text == "" || text == "OK" || text == "ErrNoKey"
	}
	return result.IsZero()
}
