// Command autobahn drives gorilla/websocket through a fuzzing server's cases: an echo client, as the Autobahn Testsuite asks for.
package main

import (
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"

	"github.com/gorilla/websocket"
)

const agent = "gorilla-websocket"

func main() {
	server := "ws://127.0.0.1:9001"
	if len(os.Args) > 1 {
		server = strings.TrimSuffix(os.Args[1], "/")
	}
	cases, err := caseCount(server)
	if err != nil {
		log.Fatal(err)
	}
	for i := 1; i <= cases; i++ {
		if err := runCase(fmt.Sprintf("%s/runCase?case=%d&agent=%s", server, i, agent)); err != nil {
			log.Printf("case %d: %v", i, err)
		}
	}
	c, _, err := websocket.DefaultDialer.Dial(server+"/updateReports?agent="+agent, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	c.ReadMessage() // ends with the peer's close frame
}

func caseCount(server string) (int, error) {
	c, _, err := websocket.DefaultDialer.Dial(server+"/getCaseCount", nil)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	_, text, err := c.ReadMessage()
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(string(text))
}

func runCase(url string) error {
	dialer := *websocket.DefaultDialer
	dialer.EnableCompression = true
	c, _, err := dialer.Dial(url, nil)
	if err != nil {
		return err
	}
	defer c.Close()
	for {
		kind, data, err := c.ReadMessage()
		if websocket.IsCloseError(err, websocket.CloseNormalClosure) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := c.WriteMessage(kind, data); err != nil {
			return err
		}
	}
}
