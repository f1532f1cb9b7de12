//go:build !go1.20
// +build !go1.20

package main

import (
	crypto "crypto/rand"
	"encoding/binary"
	"math/rand"
)

// Up to Go 1.19 all processes draw the same numbers from math/rand unless it is seeded, and requests of two
// clerks would then have equal ids, which in one process, as the stock tests have it, they have not.
func init() {
	var seed int64
	if err := binary.Read(crypto.Reader, binary.LittleEndian, &seed); err != nil {
		panic(err)
	}
	rand.Seed(seed)
}
