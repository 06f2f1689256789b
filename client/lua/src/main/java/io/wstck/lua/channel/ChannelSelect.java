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
 * Implements {@code channel.select}. It is fair: it polls the cases one by one and begins with another case each time.
 * Jox would take the first ready case, and prefer closed channels to channels with a value.
 */
final class ChannelSelect {
    private static final int MAX_CASES = 1_000;
    private static final Object NOTHING_READY = new Object();

    private final LuaSession session;
    private int rotation;

    ChannelSelect(LuaSession session) {
        this.session = session;
    }

    Varargs select(Varargs arguments) {
        LuaTable table = LuaArguments.table(arguments, 1, "select");
        List<ChannelCase> cases = cases(table);
        boolean hasDefault = table.get("default").toboolean();
        if (cases.isEmpty() && !hasDefault) {
            throw LuaArguments.badArgument(1, "select", "at least one case expected");
        }
        Collections.rotate(cases, rotation++);
        Optional<LuaTable> ready = session.blocking(() -> {
            // A select with a default takes only values that are available now. Any other select waits, so it requests
            // values.
            for (ChannelCase channelCase : cases) {
                if (hasDefault) {
                    channelCase.filler().poll();
                } else {
                    channelCase.filler().request();
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
        if (length > MAX_CASES) {
            throw LuaArguments.badArgument(1, "select", "at most " + MAX_CASES + " cases expected, got " + length);
        }
        List<ChannelCase> cases = new ArrayList<>();
        for (int i = 1; i <= length; i++) {
            if (!(table.get(i) instanceof LuaUserdata userdata)
                    || !(userdata.m_instance instanceof ChannelCase channelCase)) {
                throw LuaArguments.badArgument(
                        1,
                        "select",
                        "entry " + i + " must be a case such as ch:case_receive(), got "
                                + table.get(i).typename());
            }
            cases.add(channelCase);
        }
        return cases;
    }

    /** Returns the result of the first case that is ready now. */
    private static Optional<LuaTable> poll(List<ChannelCase> cases) throws InterruptedException {
        for (ChannelCase channelCase : cases) {
            Object outcome = Select.<Object>selectOrClosed(channelCase.clause(), Select.defaultClause(NOTHING_READY));
            if (outcome instanceof ChannelCase.SelectedCase selected) {
                return Optional.of(result(selected));
            }
            if (outcome instanceof ChannelClosed) {
                return Optional.of(closedResult(channelCase));
            }
        }
        return Optional.empty();
    }

    private static LuaTable await(List<ChannelCase> cases) throws InterruptedException {
        // Jox accepts each channel once. If a script both sends to and receives from a channel, only the first case
        // waits.
        Set<LuaChannel> channels = new HashSet<>();
        SelectClause<?>[] clauses = cases.stream()
                .filter(channelCase -> channels.add(channelCase.channel()))
                .map(ChannelCase::clause)
                .toArray(SelectClause<?>[]::new);
        Object outcome = Select.<Object>selectOrClosed(clauses);
        return switch (outcome) {
            case ChannelCase.SelectedCase selected -> result(selected);
            case ChannelClosed closed ->
                closedResult(cases.stream()
                        .filter(channelCase -> channelCase.channel().is(closed.channel()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(
                                "expected a case of the closed channel " + closed.channel())));
            default ->
                throw new IllegalStateException("expected a case or a closed channel from select, got " + outcome);
        };
    }

    private static LuaTable result(ChannelCase.SelectedCase selected) {
        LuaTable result = new LuaTable();
        result.set("channel", selected.channelCase().channel());
        result.set("value", selected.channelCase().value(selected.received()));
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
