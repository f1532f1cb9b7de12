package main

import (
	"os"
	"pbservice"
	"reflect"
	"strconv"
	"strings"
	"viewservice"
)

// What every year of the lab has. They are called by reflection, because some courses have given them another
// shape, and a program that does not compile could not say which one it found.
var (
	startView   = function{"viewservice.StartServer", reflect.ValueOf(viewservice.StartServer)}
	startServer = function{"pbservice.StartServer", reflect.ValueOf(pbservice.StartServer)}
	makeViewer  = function{"viewservice.MakeClerk", reflect.ValueOf(viewservice.MakeClerk)}
	makeClerk   = function{"pbservice.MakeClerk", reflect.ValueOf(pbservice.MakeClerk)}
)

// What only the source tells; the linker sets both.
var (
	// The functions that take their own name before that of the view service, separated by commas.
	selfFirst string
	// "true" if a clerk is given its name, and not "" as in the stock tests.
	clerksAreNamed string
	// "true" if clerks number themselves by a variable of the package.
	clerksAreCounted string
)

// The two names in the order in which a function takes them.
func inOrder(taker function, viewService string, self string) []interface{} {
	for _, name := range strings.Split(selfFirst, ",") {
		if name == taker.name {
			return []interface{}{self, viewService}
		}
	}
	return []interface{}{viewService, self}
}

// The arguments of makeClerk: one that takes a single name is not interested in its own.
func clerkNames(viewService string, self string) []interface{} {
	if makeClerk.takes("") {
		return []interface{}{viewService}
	}
	if clerksAreNamed != "true" {
		self = ""
	}
	return inOrder(makeClerk, viewService, self)
}

// The clerk of this process. One that numbers itself would be the first in each process; so as many are made as
// there are in the run so far, and the last of them has the number that it would have in one process.
func newClerk(viewService string, self string) (reflect.Value, error) {
	names := clerkNames(viewService, self)
	number, err := strconv.Atoi(os.Getenv("PBLAB_CLERK_NUMBER"))
	for ; err == nil && clerksAreCounted == "true" && number > 1; number-- {
		if _, err := makeClerk.make(names...); err != nil {
			return reflect.Value{}, err
		}
	}
	return makeClerk.make(names...)
}
