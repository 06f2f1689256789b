package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"time"

	"github.com/coder/websocket"
)

// options are the documented ones; a value of another type than theirs does not decode.
type options struct {
	Headers              map[string]string `json:"headers"`
	Protocols            []string          `json:"protocols"`
	DialTimeout          duration          `json:"dial_timeout"`
	ReadTimeout          duration          `json:"read_timeout"`
	WriteTimeout         duration          `json:"write_timeout"`
	Compression          int               `json:"compression"`
	CompressionThreshold *int              `json:"compression_threshold"`
	ReadLimit            int64             `json:"read_limit"`
	ChannelCapacity      int               `json:"channel_capacity"`
}

// largestMessage is what the documentation allows; the library's own default is 32 KiB.
const largestMessage = 128 << 20

// pingPatience is for a library whose Ping waits for the pong.
const pingPatience = 5 * time.Second

type message struct {
	kind websocket.MessageType
	data []byte
}

// client is a connection that is read from as soon as it is open, into a channel of bounded capacity.
type client struct {
	conn     *websocket.Conn
	options  options
	messages chan message
	gone     context.Context // ends when the session lets go of the client
	let      context.CancelFunc
}

func dial(url string, o options, trust *tls.Config) (*client, error) {
	ctx, cancel := within(context.Background(), o.DialTimeout)
	defer cancel()
	header := http.Header{}
	for name, value := range o.Headers {
		header.Add(name, value)
	}
	transport := &http.Transport{TLSClientConfig: trust}
	conn, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{
		HTTPClient:           &http.Client{Transport: transport},
		HTTPHeader:           header,
		Subprotocols:         o.Protocols,
		CompressionMode:      websocket.CompressionMode(o.Compression),
		CompressionThreshold: o.threshold(),
	})
	if err != nil {
		return nil, err
	}
	if o.ReadLimit == 0 {
		o.ReadLimit = largestMessage
	}
	if o.ChannelCapacity == 0 {
		o.ChannelCapacity = 64
	}
	conn.SetReadLimit(o.ReadLimit)
	c := &client{conn: conn, options: o, messages: make(chan message, o.ChannelCapacity)}
	c.gone, c.let = context.WithCancel(context.Background())
	go c.read()
	return c, nil
}

// threshold knows that the library takes 0 for its own default.
func (o options) threshold() int {
	if o.CompressionThreshold == nil {
		return 0
	}
	return max(1, *o.CompressionThreshold)
}

func (c *client) read() {
	defer c.conn.CloseNow()
	defer close(c.messages)
	for {
		ctx, cancel := within(c.gone, c.options.ReadTimeout)
		kind, data, err := c.conn.Read(ctx)
		cancel()
		if err != nil {
			return
		}
		select {
		case c.messages <- message{kind, data}:
		case <-c.gone.Done():
			return
		}
	}
}

func (c *client) send(kind websocket.MessageType, data []byte) error {
	ctx, cancel := within(c.gone, c.options.WriteTimeout)
	defer cancel()
	return c.conn.Write(ctx, kind, data)
}

func (c *client) ping() error {
	ctx, cancel := context.WithTimeout(c.gone, pingPatience)
	defer cancel()
	return c.conn.Ping(ctx)
}

// receive waits so many milliseconds at most, or for ever. The first result is nil when nothing came in time.
func (c *client) receive(wait *int) (got *message, open bool) {
	select { // what is there already needs no time
	case m, ok := <-c.messages:
		return &m, ok
	default:
	}
	var patience <-chan time.Time
	if wait != nil {
		patience = time.After(time.Duration(*wait) * time.Millisecond)
	}
	select {
	case m, ok := <-c.messages:
		return &m, ok
	case <-patience:
		return nil, true
	}
}

func (c *client) echo() (messages, bytes int) {
	for m := range c.messages {
		messages++
		bytes += len(m.data)
		if c.send(m.kind, m.data) != nil {
			break
		}
	}
	return messages, bytes
}

// letGo ends the connection without a closing handshake.
func (c *client) letGo() {
	c.let()
	c.conn.CloseNow()
}

// duration is a number of milliseconds, or a Go duration; zero means none.
type duration time.Duration

func (d *duration) UnmarshalJSON(text []byte) error {
	if len(text) > 1 && text[0] == '"' {
		parsed, err := time.ParseDuration(string(text[1 : len(text)-1]))
		*d = duration(parsed)
		return err
	}
	var number float64
	if _, err := fmt.Sscan(string(text), &number); err != nil {
		return fmt.Errorf("expected a duration, got %s", text)
	}
	*d = duration(number * float64(time.Millisecond))
	return nil
}

func within(ctx context.Context, limit duration) (context.Context, context.CancelFunc) {
	if limit == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, time.Duration(limit))
}
