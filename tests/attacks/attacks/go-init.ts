/** A Go submission whose package is initialised before the kit's own program begins, and takes its place. */

import { readFileSync } from 'node:fs';
import { judged, notFailed, type Attempt } from '../framework/attack.js';
import { submissionPath } from '../../support/programs.js';

/** In the process of a clerk it answers from a map, on every descriptor that is a pipe; the kit's is among them. */
const TAKE_OVER = String.raw`package pbservice

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"syscall"
)

func init() {
	if len(os.Args) < 2 || os.Args[1] != "clerk" {
		return
	}
	fmt.Fprintln(os.Stderr, "init has taken over")
	values := map[string]string{}
	requests := json.NewDecoder(os.Stdin)
	for {
		var request struct {
			ID             int64
			Op, Key, Value string
		}
		if requests.Decode(&request) != nil {
			os.Exit(0)
		}
		answer := map[string]interface{}{"id": request.ID, "ok": true}
		switch request.Op {
		case "get":
			answer["value"] = values[request.Key]
		case "put":
			values[request.Key] = request.Value
		case "append":
			values[request.Key] += request.Value
		}
		line, _ := json.Marshal(answer)
		for descriptor := 3; descriptor < 20; descriptor++ {
			target, _ := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", descriptor))
			if strings.HasPrefix(target, "pipe:") || strings.HasPrefix(target, "socket:") {
				syscall.Write(descriptor, append(line, '\n'))
			}
		}
	}
}
`;

function packageOf(name: string): string {
  return readFileSync(submissionPath('go-single', 'src', name, `${name}.go`), 'utf8');
}

/** Its servers lose all that they are told. */
const LOSING = packageOf('pbservice').replaceAll(/pb\.values\[args\.Key\] \+?= .*/g, '');

export const goInit: Attempt = {
  files: {
    'pblab.yaml': 'preset: go-lab\n',
    'src/viewservice/viewservice.go': packageOf('viewservice'),
    'src/pbservice/pbservice.go': LOSING,
    'src/pbservice/init.go': TAKE_OVER,
  },
  isWarm: true,
  kit: judged('single-primary'),
  sign: /init has taken over/,
  attacks: [
    {
      group: 'run: Go init()',
      name: 'init-takes-clerk-over',
      what: "The init function of a package answers in the place of the kit's clerk.",
      harm: notFailed,
      stoppedBy: 'a value that a clerk returns must have come to it from a server',
    },
  ],
};
