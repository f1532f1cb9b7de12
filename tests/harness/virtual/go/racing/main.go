// A program with a data race, that imports little, so that it is compiled soon.
package main

import "time"

func main() {
	began, count := time.Now(), 0
	go func() { count++ }()
	count++
	time.Sleep(time.Hour)
	println("slept", int(time.Since(began).Seconds()), "s")
}
