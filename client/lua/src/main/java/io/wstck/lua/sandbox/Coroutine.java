package io.wstck.lua.sandbox;

import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaStrings;
import java.util.concurrent.Semaphore;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A coroutine on its own thread, virtual or platform like the thread that first resumes it. So a script on a platform
 * thread stays on platform threads, where its busy loops do no harm and its memory is measured. Only one of the two
 * threads runs at any time. Semaphores pass control between them, and make memory writes visible.
 */
final class Coroutine extends LuaThread {
    /**
     * Large enough to reach Lua's limit of nested calls first: its error names the line, a stack overflow of the JVM
     * does not.
     */
    private static final long STACK_BYTES = 16L << 20;

    /** The states of a coroutine, in the words of {@code coroutine.status}. */
    enum Status {
        SUSPENDED("suspended"),
        RUNNING("running"),
        NORMAL("normal"),
        DEAD("dead");

        private final String word;

        Status(String word) {
            this.word = word;
        }
    }

    /** The result of running the coroutine until it yields or ends. */
    private sealed interface CoroutineOutcome {
        record Values(Varargs values) implements CoroutineOutcome {}

        record LuaErrorRaised(LuaError error) implements CoroutineOutcome {}

        record JavaErrorThrown(Error error) implements CoroutineOutcome {}
    }

    private final ScriptExecution execution;
    private final LuaCallStack stack = new LuaCallStack();
    private final LuaValue body;
    private final Semaphore resumed = new Semaphore(0);
    private final Semaphore returned = new Semaphore(0);
    private Status status = Status.SUSPENDED;
    private Thread thread;
    private Varargs resumeArguments = LuaValue.NONE;
    private CoroutineOutcome outcome = new CoroutineOutcome.Values(LuaValue.NONE);

    Coroutine(ScriptExecution execution, LuaValue body) {
        super(execution.globals(), body);
        this.execution = execution;
        this.body = body;
    }

    Status status() {
        return status;
    }

    @Override
    public String getStatus() {
        return status.word;
    }

    /** Runs the coroutine until it yields or ends, and returns the results of {@code coroutine.resume}. */
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

    /** Resumes a suspended coroutine as {@link #resume} does, but raises its error. */
    Varargs resumeOrRaise(Varargs arguments) {
        resumeArguments = copied(arguments);
        LuaThread resumer = execution.globals().running;
        LuaCallStack resumerStack = execution.hook().stack();
        enter(resumer);
        try {
            if (thread == null) {
                start();
            } else {
                execution.stopSignal().transferTo(thread);
                resumed.release();
            }
            awaitOutcome();
        } finally {
            execution.stopSignal().transferTo(Thread.currentThread());
            leave(resumer, resumerStack);
        }
        execution.checkStop();
        return switch (outcome) {
            case CoroutineOutcome.Values values -> values.values();
            case CoroutineOutcome.LuaErrorRaised raised -> throw raised.error();
            case CoroutineOutcome.JavaErrorThrown broken -> throw broken.error();
        };
    }

    /** Passes control back to the resumer, and waits to be resumed. Called on the coroutine's own thread. */
    Varargs yieldValues(Varargs values) {
        outcome = new CoroutineOutcome.Values(copied(values));
        status = Status.SUSPENDED;
        execution.checkMemory();
        returned.release();
        try {
            resumed.acquire();
        } catch (InterruptedException e) {
            // The thread that has control goes on meanwhile.
            execution.hook().endWithoutControl();
            throw execution.termination(LuaFailure.Kind.STOPPED, "the session was closed");
        }
        execution.memory().start();
        return resumeArguments;
    }

    /** Ends a suspended coroutine when its session is closed and runs nothing. */
    void kill() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /**
     * LuaJ's values are a view of the caller's registers, which change when the caller goes on while the callee still
     * has the view.
     */
    private static Varargs copied(Varargs values) {
        LuaValue[] copies = new LuaValue[values.narg()];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = values.arg(i + 1);
        }
        return LuaValue.varargsOf(copies);
    }

    private void start() {
        Thread.Builder builder = Thread.currentThread().isVirtual()
                ? Thread.ofVirtual()
                : Thread.ofPlatform().daemon().stackSize(STACK_BYTES);
        execution.coroutines().started(this);
        thread = builder.name("lua-coroutine").unstarted(() -> execution.bind(this::runBody));
        execution.stopSignal().transferTo(thread);
        thread.start();
    }

    private void runBody() {
        try {
            execution.memory().start();
            Varargs results = execution.callBounded(() -> body.invoke(resumeArguments));
            outcome = new CoroutineOutcome.Values(results);
            execution.checkMemory();
        } catch (LuaError e) {
            outcome = new CoroutineOutcome.LuaErrorRaised(e);
        } catch (RuntimeException e) {
            outcome = new CoroutineOutcome.LuaErrorRaised(new LuaError(e));
        } catch (Error e) {
            outcome = new CoroutineOutcome.JavaErrorThrown(e);
        } finally {
            status = Status.DEAD;
            execution.hook().ended();
            execution.coroutines().ended(this);
            returned.release();
        }
    }

    private void awaitOutcome() {
        try {
            returned.acquire();
        } catch (InterruptedException e) {
            // The resumer was interrupted: the script ends, but only after control has come back.
            execution.stop("the thread was interrupted");
            returned.acquireUninterruptibly();
            Thread.currentThread().interrupt();
        }
    }

    private void enter(LuaThread resumer) {
        execution.checkMemory();
        if (resumer instanceof Coroutine outer) {
            outer.status = Status.NORMAL;
        }
        status = Status.RUNNING;
        execution.globals().running = this;
        execution.hook().switchTo(stack);
    }

    private void leave(LuaThread resumer, LuaCallStack resumerStack) {
        if (resumer instanceof Coroutine outer) {
            outer.status = Status.RUNNING;
        }
        execution.globals().running = resumer;
        execution.hook().switchTo(resumerStack);
        execution.memory().start();
    }
}
