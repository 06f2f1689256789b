package io.wstck.lua.channel;

import com.softwaremill.jox.ChannelClosed;
import com.softwaremill.jox.Select;
import com.softwaremill.jox.SelectClause;
import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code channel.select}. Of several cases that are ready each has its turn: the cases are asked one by one, from another one
 * first each time. Jox on its own would take the first, and prefer closed channels to those that have a value.
 */
final class ChannelSelect {
    private static final int MOST_CASES = 1_000;
    private static final Object NOTHING_READY = new Object();

    private final LuaSession session;
    private int turn;

    ChannelSelect(LuaSession session) {
        this.session = session;
    }

    Varargs select(Varargs arguments) {
        LuaTable table = LuaArguments.table(arguments, 1, "select");
        List<ChannelCase> cases = cases(table);
        boolean hasDefault = table.get("default").toboolean();
        if (cases.isEmpty() && !hasDefault) {
            throw LuaArguments.bad(1, "select", "at least one case expected");
        }
        Collections.rotate(cases, turn++);
        Optional<LuaTable> ready = session.blocking(() -> {
            // Who does not wait takes what is there already; who waits is served by whatever comes.
            for (ChannelCase one : cases) {
                if (hasDefault) {
                    one.demand().look();
                } else {
                    one.demand().wanted();
                }
            }
            return poll(cases);
        });
        if (ready.isPresent()) {
            return ready.get();
        }
        return hasDefault ? defaultResult() : session.blocking(() -> await(cases));
    }

    private static List<ChannelCase> cases(LuaTable table) {
        int length = table.length();
        if (length > MOST_CASES) {
            throw LuaArguments.bad(1, "select", "at most " + MOST_CASES + " cases expected, got " + length);
        }
        List<ChannelCase> cases = new ArrayList<>();
        for (int i = 1; i <= length; i++) {
            if (!(table.get(i) instanceof LuaUserdata userdata) || !(userdata.m_instance instanceof ChannelCase one)) {
                throw LuaArguments.bad(
                        1,
                        "select",
                        "entry " + i + " must be a case such as ch:case_receive(), got "
                                + table.get(i).typename());
            }
            cases.add(one);
        }
        return cases;
    }

    /** The first case that is ready now. */
    private static Optional<LuaTable> poll(List<ChannelCase> cases) throws InterruptedException {
        for (ChannelCase one : cases) {
            Object outcome = Select.<Object>selectOrClosed(one.clause(), Select.defaultClause(NOTHING_READY));
            if (outcome instanceof ChannelCase.Taken taken) {
                return Optional.of(result(taken));
            }
            if (outcome instanceof ChannelClosed) {
                return Optional.of(closedResult(one));
            }
        }
        return Optional.empty();
    }

    private static LuaTable await(List<ChannelCase> cases) throws InterruptedException {
        // Jox takes a channel once. Where a script sends to and receives from the same one, nobody but itself could
        // meet it.
        Set<LuaChannel> asked = new HashSet<>();
        SelectClause<?>[] clauses = cases.stream()
                .filter(one -> asked.add(one.channel()))
                .map(ChannelCase::clause)
                .toArray(SelectClause<?>[]::new);
        Object outcome = Select.<Object>selectOrClosed(clauses);
        return switch (outcome) {
            case ChannelCase.Taken taken -> result(taken);
            case ChannelClosed closed ->
                closedResult(cases.stream()
                        .filter(one -> one.channel().is(closed.channel()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no case is about " + closed.channel())));
            default -> throw new IllegalStateException("select gave neither a case nor a closed channel: " + outcome);
        };
    }

    private static LuaTable result(ChannelCase.Taken taken) {
        LuaTable result = new LuaTable();
        result.set("channel", taken.which().channel());
        result.set("value", taken.which().value(taken.received()));
        result.set("ok", LuaValue.TRUE);
        return result;
    }

    private static LuaTable closedResult(ChannelCase closed) {
        LuaTable result = new LuaTable();
        result.set("channel", closed.channel());
        result.set("ok", LuaValue.FALSE);
        return result;
    }

    private static LuaTable defaultResult() {
        LuaTable result = new LuaTable();
        result.set("default", LuaValue.TRUE);
        result.set("ok", LuaValue.FALSE);
        return result;
    }
}
