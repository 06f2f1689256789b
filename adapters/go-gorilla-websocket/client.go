package main

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// options are the documented ones; a value of another type than theirs does not decode.
type options struct {
	Headers         map[string]string `json:"headers"`
	Protocols       []string          `json:"protocols"`
	DialTimeout     duration          `json:"dial_timeout"`
	ReadTimeout     duration          `json:"read_timeout"`
	WriteTimeout    duration          `json:"write_timeout"`
	Compression     int               `json:"compression"`
	ReadLimit       int64             `json:"read_limit"`
	ChannelCapacity int               `json:"channel_capacity"`
}

// defaultCapacity is that of the channel; the library itself has none.
const defaultCapacity = 64

// The library leaves it to its users how long a control frame may take to be written, and how long to wait for the peer's close frame.
const (
	controlPatience = time.Second
	closePatience   = 5 * time.Second
)

type message struct {
	kind int
	data []byte
}

// client is a connection that is read from as soon as it is open, into a channel of bounded capacity.
type client struct {
	conn     *websocket.Conn
	options  options
	writing  sync.Mutex // the library takes one writer of messages at a time
	messages chan message
	closing  chan struct{} // closed when messages are wanted no more
	stop     sync.Once     // closes closing
	done     chan struct{} // closed when nothing reads any more
}

func dial(url string, o options, trust *tls.Config) (*client, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	dialer := *websocket.DefaultDialer
	dialer.TLSClientConfig = trust
	dialer.Subprotocols = o.Protocols
	dialer.EnableCompression = o.Compression == 2
	if o.DialTimeout != 0 {
		dialer.HandshakeTimeout = time.Duration(o.DialTimeout)
	}
	header := http.Header{}
	for name, value := range o.Headers {
		header.Add(name, value)
	}
	conn, _, err := dialer.Dial(url, header)
	if err != nil {
		return nil, err
	}
	if o.ReadLimit != 0 {
		conn.SetReadLimit(o.ReadLimit)
	}
	c := &client{
		conn:     conn,
		options:  o,
		messages: make(chan message, o.capacity()),
		closing:  make(chan struct{}),
		done:     make(chan struct{}),
	}
	go c.read()
	return c, nil
}

// check says what the library has not got, and what makes no sense.
func (o options) check() error {
	switch {
	case o.Compression == 1:
		return unsupported("compression: the library has no context takeover")
	case o.Compression != 0 && o.Compression != 2:
		return fmt.Errorf("expected a compression mode, got %d", o.Compression)
	case o.ChannelCapacity < 0:
		return fmt.Errorf("expected a capacity of 1 or more, got %d", o.ChannelCapacity)
	}
	return nil
}

func (o options) capacity() int {
	if o.ChannelCapacity == 0 {
		return defaultCapacity
	}
	return o.ChannelCapacity
}

func (c *client) read() {
	defer close(c.done)
	defer c.conn.Close()
	defer close(c.messages)
	for {
		c.conn.SetReadDeadline(deadline(time.Duration(c.options.ReadTimeout)))
		kind, data, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		select {
		case <-c.closing: // read on for the peer's close frame
			continue
		default:
		}
		select {
		case c.messages <- message{kind, data}:
		case <-c.closing:
		}
	}
}

func (c *client) send(kind int, data []byte) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	c.conn.SetWriteDeadline(deadline(time.Duration(c.options.WriteTimeout)))
	err := c.conn.WriteMessage(kind, data)
	if err != nil && err != websocket.ErrCloseSent {
		c.conn.Close() // the library says that a connection is corrupt after a failed write
	}
	return err
}

func (c *client) ping() error {
	return c.conn.WriteControl(websocket.PingMessage, nil, deadline(controlPatience))
}

// close is what the library's examples do: send a close frame, wait for the peer's while reading, and end TCP.
func (c *client) close(code int, reason string) error {
	defer c.conn.Close()
	c.stop.Do(func() { close(c.closing) })
	err := c.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, reason), deadline(controlPatience))
	if err != nil {
		return err
	}
	select {
	case <-c.done:
	case <-time.After(closePatience):
	}
	return nil
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
	c.stop.Do(func() { close(c.closing) })
	c.conn.Close()
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

// deadline is that long from now; none for zero.
func deadline(limit time.Duration) time.Time {
	if limit == 0 {
		return time.Time{}
	}
	return time.Now().Add(limit)
}
