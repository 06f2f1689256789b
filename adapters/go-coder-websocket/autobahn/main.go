// Command autobahn drives coder/websocket through a fuzzing server's cases: an echo client, as the Autobahn Testsuite asks for.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"

	"github.com/coder/websocket"
)

const agent = "coder-websocket"

func main() {
	server := "ws://127.0.0.1:9001"
	if len(os.Args) > 1 {
		server = strings.TrimSuffix(os.Args[1], "/")
	}
	ctx := context.Background()
	cases, err := caseCount(ctx, server)
	if err != nil {
		log.Fatal(err)
	}
	for i := 1; i <= cases; i++ {
		if err := runCase(ctx, fmt.Sprintf("%s/runCase?case=%d&agent=%s", server, i, agent)); err != nil {
			log.Printf("case %d: %v", i, err)
		}
	}
	c, _, err := websocket.Dial(ctx, server+"/updateReports?agent="+agent, nil)
	if err != nil {
		log.Fatal(err)
	}
	c.Close(websocket.StatusNormalClosure, "")
}

func caseCount(ctx context.Context, server string) (int, error) {
	c, _, err := websocket.Dial(ctx, server+"/getCaseCount", nil)
	if err != nil {
		return 0, err
	}
	defer c.CloseNow()
	_, text, err := c.Read(ctx)
	if err != nil {
		return 0, err
	}
	c.Close(websocket.StatusNormalClosure, "")
	return strconv.Atoi(string(text))
}

func runCase(ctx context.Context, url string) error {
	c, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{CompressionMode: websocket.CompressionContextTakeover})
	if err != nil {
		return err
	}
	defer c.CloseNow()
	c.SetReadLimit(32 << 20)
	for {
		kind, data, err := c.Read(ctx)
		if websocket.CloseStatus(err) == websocket.StatusNormalClosure {
			return nil
		}
		if err != nil {
			return err
		}
		if err := c.Write(ctx, kind, data); err != nil {
			return err
		}
	}
}
