// Command agent is wstck's agent for the Go library coder/websocket: JSON lines in, JSON lines out (docs/adapters.md).
package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/coder/websocket"
)

var capabilities = []string{"headers", "subprotocols", "compression", "timeouts", "limits", "ping", "tls", "parallel-calls"}

type request struct {
	ID      int64           `json:"id"`
	Op      string          `json:"op"`
	Trust   string          `json:"trust"`
	Session string          `json:"session"`
	URL     string          `json:"url"`
	Options json.RawMessage `json:"options"`
	Client  string          `json:"client"`
	Type    int             `json:"type"`
	Data    []byte          `json:"data"`
	Wait    *int            `json:"wait"`
	Code    *int            `json:"code"`
	Reason  string          `json:"reason"`
	Calls   []request       `json:"calls"`
}

type object map[string]any

type unsupported string

func (u unsupported) Error() string { return string(u) }

type agent struct {
	mu       sync.Mutex // guards all below
	trust    *tls.Config
	clients  map[string]*client
	sessions map[string][]string
	opened   int
	out      io.Writer
}

func (a *agent) answer(line []byte) {
	var r request
	result, err := any(nil), json.Unmarshal(line, &r)
	if err == nil {
		result, err = a.do(r)
	}
	reply := object{"id": r.ID, "results": []any{result}}
	var lack unsupported
	if errors.As(err, &lack) {
		reply = object{"id": r.ID, "unsupported": lack}
	} else if err != nil {
		problem := object{"kind": "INTERNAL", "message": err.Error(), "retryable": r.Op == "connect"}
		reply["results"] = []any{nil, object{"error": problem}}
	}
	text, err := json.Marshal(reply)
	if err != nil {
		log.Fatal(err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.out.Write(append(text, '\n'))
}

func (a *agent) do(r request) (any, error) {
	switch r.Op {
	case "hello":
		return a.hello(r)
	case "noop":
		return true, nil
	case "connect":
		return a.connect(r)
	case "end":
		a.end(r.Session)
		return true, nil
	case "send", "ping", "parallel", "receive", "echo", "close":
		a.mu.Lock()
		c, ok := a.clients[r.Client]
		a.mu.Unlock()
		if !ok {
			return nil, fmt.Errorf("no client %q", r.Client)
		}
		return c.do(r)
	}
	return nil, unsupported("operation " + r.Op)
}

func (c *client) do(r request) (any, error) {
	switch r.Op {
	case "send":
		kind := websocket.MessageText
		if r.Type != 0 {
			kind = websocket.MessageType(r.Type)
		}
		return true, c.send(kind, r.Data)
	case "ping":
		return true, c.ping()
	case "parallel":
		return c.parallel(r.Calls), nil
	case "receive":
		got, open := c.receive(r.Wait)
		if !open {
			return nil, nil
		}
		if got == nil {
			return "none", nil
		}
		name := map[websocket.MessageType]string{websocket.MessageText: "text", websocket.MessageBinary: "binary"}
		return object{"type": name[got.kind], "data": got.data}, nil
	case "echo":
		messages, bytes := c.echo()
		return object{"messages": messages, "bytes": bytes}, nil
	default:
		code := websocket.StatusNormalClosure
		if r.Code != nil {
			code = websocket.StatusCode(*r.Code)
		}
		return true, c.conn.Close(code, r.Reason)
	}
}

// headStart is how much earlier the first of several parallel calls begins.
const headStart = 50 * time.Millisecond

func (c *client) parallel(calls []request) []any {
	outcomes := make([]any, len(calls))
	var made sync.WaitGroup
	for i, call := range calls {
		if i == 1 {
			time.Sleep(headStart)
		}
		made.Add(1)
		go func() {
			defer made.Done()
			outcomes[i] = true
			if _, err := c.do(call); err != nil {
				outcomes[i] = object{"error": object{"kind": "INTERNAL", "message": err.Error(), "retryable": false}}
			}
		}()
	}
	made.Wait()
	return outcomes
}

func (a *agent) hello(r request) (any, error) {
	if r.Trust != "" {
		pem, err := os.ReadFile(r.Trust)
		if err != nil {
			return nil, err
		}
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(pem)
		a.trust = &tls.Config{RootCAs: pool}
	}
	version := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok && len(info.Deps) > 0 {
		version = info.Deps[0].Version
	}
	return object{"name": "coder/websocket", "version": version, "language": runtime.Version(), "capabilities": capabilities}, nil
}

func (a *agent) connect(r request) (any, error) {
	var o options
	if len(r.Options) > 0 {
		if err := json.Unmarshal(r.Options, &o); err != nil {
			return nil, err
		}
	}
	c, err := dial(r.URL, o, a.trust)
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.opened++
	name := fmt.Sprintf("client-%d", a.opened)
	a.clients[name] = c
	a.sessions[r.Session] = append(a.sessions[r.Session], name)
	return name, nil
}

func (a *agent) end(session string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, name := range a.sessions[session] {
		go a.clients[name].letGo()
		delete(a.clients, name)
	}
	delete(a.sessions, session)
}

// control is where the kit speaks: the TCP port that it names, or stdin and stdout.
func control() (io.Reader, io.Writer, error) {
	address := os.Getenv("WSTCK_CONTROL")
	if address == "" {
		return os.Stdin, os.Stdout, nil
	}
	conn, err := net.Dial("tcp", address)
	return conn, conn, err
}

func main() {
	in, out, err := control()
	if err != nil {
		log.Fatal(err)
	}
	a := &agent{clients: map[string]*client{}, sessions: map[string][]string{}, out: out}
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		go a.answer(line)
	}
}
