package main

import (
	"fmt"
	"reflect"
)

// Whether it returns something that may have methods.
func (f function) makes() bool {
	return f.Type().NumOut() > 0
}

// What a constructor makes, such that all methods can be called that a variable of its type has.
func (f function) make(names ...interface{}) (reflect.Value, error) {
	results, err := f.call(names...)
	if err != nil {
		return reflect.Value{}, err
	}
	made := results[0]
	if made.Kind() == reflect.Interface {
		made = made.Elem()
	}
	if !made.IsValid() {
		return made, fmt.Errorf("%s returned nil", f.name)
	}
	if made.Kind() == reflect.Ptr {
		return made, nil
	}
	variable := reflect.New(made.Type())
	variable.Elem().Set(made)
	return variable, nil
}

func methodOf(made reflect.Value, name string) (function, bool) {
	method := made.MethodByName(name)
	return function{name, method}, method.IsValid()
}

// The method of whatever a constructor makes that returns such a type; it can be looked at but not called.
func methodOfType(made reflect.Type, name string) function {
	full := fmt.Sprintf("(%s).%s", made, name)
	if made.Kind() == reflect.Interface {
		method, found := made.MethodByName(name)
		if !found {
			return function{name: full}
		}
		return function{full, reflect.Zero(method.Type)}
	}
	if made.Kind() != reflect.Ptr {
		made = reflect.PtrTo(made)
	}
	return function{full, reflect.Zero(made).MethodByName(name)}
}

// Which of its results is the value that was read: the only text among them that is not just what went wrong.
func (f function) textResult() (int, bool) {
	found := -1
	for i := 0; i < f.Type().NumOut(); i++ {
		result := f.Type().Out(i)
		if result.Kind() != reflect.String || result.Implements(errorType) || isStockError(result) {
			continue
		}
		if found >= 0 {
			return 0, false
		}
		found = i
	}
	return found, found >= 0
}
