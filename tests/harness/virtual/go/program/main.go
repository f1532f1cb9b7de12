// A program of many modes that waits for time, for sockets and for standard input.
package main

import (
	"bufio"
	"context"
	crypto "crypto/rand"
	"fmt"
	"math/rand"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

var began = time.Now()

// Says what has happened, and when.
func tell(what ...interface{}) {
	fmt.Println(append([]interface{}{time.Since(began).Milliseconds()}, what...)...)
}

func main() {
	tell("begins")
	switch mode := os.Args[1]; mode {
	case "timers":
		timers()
	case "choices":
		choices()
	case "clock":
		one, other := time.Now(), time.Now()
		fmt.Println(one.UTC().Format("2006-01-02"), other.After(one))
	case "echo":
		for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
			tell(lines.Text())
			time.Sleep(time.Second)
		}
	case "serve":
		serve(os.Args[2])
	case "ask":
		ask(os.Args[2])
	case "tick":
		for range time.Tick(100 * time.Millisecond) {
			tell("tick")
		}
	case "spin":
		for i := 0; ; i++ {
		}
	case "stuck":
		ends := make([]int, 2)
		syscall.Pipe(ends)
		syscall.Read(ends[0], make([]byte, 1))
	case "dead":
		var mu sync.Mutex
		mu.Lock()
		mu.Lock()
	}
}

func timers() {
	time.Sleep(time.Hour)
	tell("slept")
	ticker := time.NewTicker(250 * time.Millisecond)
	for i := 0; i < 3; i++ {
		<-ticker.C
		tell("tick")
	}
	ticker.Stop()
	select {
	case <-make(chan int):
	case <-time.After(40 * time.Millisecond):
		tell("timeout")
	}
	limited, cancel := context.WithTimeout(context.Background(), 7*time.Second)
	defer cancel()
	<-limited.Done()
	tell(limited.Err())
	listener, _ := net.Listen("unix", "timers")
	listener.(*net.UnixListener).SetDeadline(time.Now().Add(time.Minute))
	_, err := listener.Accept()
	tell(err.(net.Error).Timeout())
	time.AfterFunc(time.Second, func() { tell("called"); os.Exit(0) })
	select {}
}

// All that Go decides by chance.
func choices() {
	ways := make([]chan int, 8)
	for i := range ways {
		ways[i] = make(chan int, 1)
		ways[i] <- i
	}
	for range ways {
		select {
		case i := <-ways[0]:
			fmt.Print(i)
		case i := <-ways[1]:
			fmt.Print(i)
		case i := <-ways[2]:
			fmt.Print(i)
		case i := <-ways[3]:
			fmt.Print(i)
		case i := <-ways[4]:
			fmt.Print(i)
		case i := <-ways[5]:
			fmt.Print(i)
		case i := <-ways[6]:
			fmt.Print(i)
		case i := <-ways[7]:
			fmt.Print(i)
		}
	}
	keys := map[string]int{}
	for i := 0; i < 40; i++ {
		keys[fmt.Sprint("key", i)] = i
	}
	for _, i := range keys {
		fmt.Print(" ", i)
	}
	runtime.GOMAXPROCS(4)
	var all sync.WaitGroup
	for i := 0; i < 20; i++ {
		i := i
		all.Add(1)
		go func() { runtime.Gosched(); fmt.Print(" g", i); all.Done() }()
	}
	all.Wait()
	secret := make([]byte, 12)
	crypto.Read(secret)
	fmt.Println("", rand.Int63(), fmt.Sprintf("%x", secret))
}

// Answers each line after 20 ms.
func serve(name string) {
	os.Remove(name)
	listener, err := net.Listen("unix", name)
	if err != nil {
		panic(err)
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			panic(err)
		}
		go func() {
			for lines := bufio.NewScanner(connection); lines.Scan(); {
				time.Sleep(20 * time.Millisecond)
				fmt.Fprintln(connection, strings.ToUpper(lines.Text()))
			}
			connection.Close()
		}()
	}
}

// Asks five times, as often as it takes, and tells the answers.
func ask(name string) {
	for i := 0; i < 5; i++ {
		for {
			answer, err := askOnce(name, fmt.Sprint("question ", i))
			if err == nil {
				tell(answer)
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func askOnce(name string, question string) (string, error) {
	connection, err := net.Dial("unix", name)
	if err != nil {
		return "", err
	}
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(300 * time.Millisecond))
	fmt.Fprintln(connection, question)
	answer, err := bufio.NewReader(connection).ReadString('\n')
	return strings.TrimSpace(answer), err
}
