package io.wstck.lua.sandbox;

import io.wstck.lua.LuaStrings;
import java.util.concurrent.Semaphore;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A coroutine on a thread of its own, of the same kind as the thread that first resumes it: virtual threads are cheap, but
 * a script that is run on a platform thread keeps its busy loops, and its measured memory, off the virtual ones. Exactly one
 * of the two threads runs at any time; the semaphores pass the turn, and with it all memory effects.
 */
final class Coroutine extends LuaThread {
    /** Room for Lua's own limit of nested calls, which names the line; the JVM's comes without one. */
    private static final long STACK_BYTES = 16L << 20;

    /** As {@code coroutine.status} names them, in lower case. */
    enum Status {
        SUSPENDED,
        RUNNING,
        NORMAL,
        DEAD
    }

    /** What the coroutine hands over with the turn. */
    private sealed interface Handover {
        record Values(Varargs values) implements Handover {}

        record Raised(LuaError error) implements Handover {}

        record Broken(Error error) implements Handover {}
    }

    private final Execution execution;
    private final LuaCalls stack = new LuaCalls();
    private final LuaValue body;
    private final Semaphore resumed = new Semaphore(0);
    private final Semaphore handedOver = new Semaphore(0);
    private Status status = Status.SUSPENDED;
    private Thread thread;
    private Varargs inbound = LuaValue.NONE;
    private Handover outbound = new Handover.Values(LuaValue.NONE);

    Coroutine(Execution execution, LuaValue body) {
        super(execution.globals(), body);
        this.execution = execution;
        this.body = body;
    }

    Status status() {
        return status;
    }

    @Override
    public String getStatus() {
        return status.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Runs the coroutine until it yields or ends; the results are those of {@code coroutine.resume}. */
    @Override
    public Varargs resume(Varargs arguments) {
        if (status != Status.SUSPENDED) {
            String complaint = "cannot resume " + (status == Status.DEAD ? "dead" : "non-suspended") + " coroutine";
            return LuaValue.varargsOf(LuaValue.FALSE, LuaStrings.of(complaint));
        }
        try {
            return LuaValue.varargsOf(LuaValue.TRUE, resumeOrRaise(arguments));
        } catch (LuaError e) {
            return LuaValue.varargsOf(LuaValue.FALSE, ErrorReport.of(e).value());
        }
    }

    /** As {@link #resume}, for a coroutine that is suspended; its error is raised here. */
    Varargs resumeOrRaise(Varargs arguments) {
        inbound = arguments;
        LuaThread resumer = execution.globals().running;
        LuaCalls resumerStack = execution.hook().stack();
        beginTurn(resumer);
        try {
            if (thread == null) {
                start();
            } else {
                execution.stopSignal().handTo(thread);
                resumed.release();
            }
            awaitHandover();
        } finally {
            execution.stopSignal().handTo(Thread.currentThread());
            endTurn(resumer, resumerStack);
        }
        execution.checkStop();
        return switch (outbound) {
            case Handover.Values values -> values.values();
            case Handover.Raised raised -> throw raised.error();
            case Handover.Broken broken -> throw broken.error();
        };
    }

    /** Called on the coroutine's own thread: passes the turn back, and waits to be resumed. */
    Varargs yieldValues(Varargs values) {
        outbound = new Handover.Values(values);
        status = Status.SUSPENDED;
        execution.checkMemory();
        handedOver.release();
        try {
            resumed.acquire();
        } catch (InterruptedException e) {
            // Whoever has the turn goes on meanwhile.
            execution.hook().endsWithoutTurn();
            throw execution.end(ScriptEnd.Kind.STOPPED, "the session was closed");
        }
        execution.memory().start();
        return inbound;
    }

    /** Ends a coroutine that is suspended, when its session is closed and nothing runs in it. */
    void kill() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void start() {
        Thread.Builder builder = Thread.currentThread().isVirtual()
                ? Thread.ofVirtual()
                : Thread.ofPlatform().daemon().stackSize(STACK_BYTES);
        execution.coroutines().started(this);
        thread = builder.name("lua-coroutine").unstarted(() -> execution.bind(this::live));
        execution.stopSignal().handTo(thread);
        thread.start();
    }

    private void live() {
        try {
            execution.memory().start();
            Varargs results = execution.bounded(() -> body.invoke(inbound));
            outbound = new Handover.Values(results);
            execution.checkMemory();
        } catch (LuaError e) {
            outbound = new Handover.Raised(e);
        } catch (RuntimeException e) {
            outbound = new Handover.Raised(new LuaError(e));
        } catch (Error e) {
            outbound = new Handover.Broken(e);
        } finally {
            status = Status.DEAD;
            execution.hook().ended();
            execution.coroutines().ended(this);
            handedOver.release();
        }
    }

    private void awaitHandover() {
        try {
            handedOver.acquire();
        } catch (InterruptedException e) {
            // Somebody interrupts the resumer: the script ends, but the turn comes back first.
            execution.stop("the thread was interrupted");
            handedOver.acquireUninterruptibly();
            Thread.currentThread().interrupt();
        }
    }

    private void beginTurn(LuaThread resumer) {
        execution.checkMemory();
        if (resumer instanceof Coroutine outer) {
            outer.status = Status.NORMAL;
        }
        status = Status.RUNNING;
        execution.globals().running = this;
        execution.hook().switchTo(stack);
    }

    private void endTurn(LuaThread resumer, LuaCalls resumerStack) {
        if (resumer instanceof Coroutine outer) {
            outer.status = Status.RUNNING;
        }
        execution.globals().running = resumer;
        execution.hook().switchTo(resumerStack);
        execution.memory().start();
    }
}
