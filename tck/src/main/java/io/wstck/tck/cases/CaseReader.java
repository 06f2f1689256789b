package io.wstck.tck.cases;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.lua.LuaDuration;
import io.wstck.lua.LuaStrings;
import io.wstck.server.endpoint.Endpoints;
import io.wstck.server.scenario.Behaviour;
import io.wstck.server.scenario.EndpointTarget;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.ScenarioSyntaxException;
import io.wstck.server.scenario.SessionSpec;
import io.wstck.server.wire.Rule;
import io.wstck.tck.catalogue.Catalogue;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.catalogue.Need;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Reads the fields of one declared case and says in a sentence which one is wrong. For one declaration. */
final class CaseReader {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");
    private static final Set<String> FIELDS = Set.of(
            "clause",
            "title",
            "level",
            "server",
            "servers",
            "client",
            "wire",
            "limit",
            "overtime",
            "heavy",
            "waits",
            "needs",
            "tolerates",
            "unreached",
            "cause",
            "web");
    private static final List<String> RULES =
            Arrays.stream(Rule.values()).map(Rule::id).toList();
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final CaseFile file;
    private final Declaration declaration;
    private final Catalogue catalogue;

    CaseReader(CaseFile file, Declaration declaration, Catalogue catalogue) {
        this.file = file;
        this.declaration = declaration;
        this.catalogue = catalogue;
    }

    TestCase read() throws CaseFileException {
        if (!(declaration.id() instanceof LuaString id)
                || !ID.matcher(LuaStrings.text(id)).matches()) {
            throw wrong("expected a case id such as \"close.default-code\", got " + shown(declaration.id()));
        }
        if (!declaration.fields().istable()) {
            throw wrong(
                    "expected a table with the fields of case " + shown(id) + ", got " + shown(declaration.fields()));
        }
        requirePlain(declaration.fields().checktable(), "case " + shown(id));
        checkNames();
        Clause clause = clause();
        checkFunction("client", true);
        checkFunction("wire", false);
        return new TestCase(
                LuaStrings.text(id),
                clause,
                level(clause),
                text("title").orElseThrow(() -> missing("title", "a sentence that says the behaviour")),
                declaration.position(),
                servers(),
                limit(),
                overtime(),
                weight(),
                needs(),
                tolerates(),
                unreached(),
                field("wire").isfunction(),
                web(clause),
                cause(clause),
                file);
    }

    private void checkNames() throws CaseFileException {
        LuaTable fields = declaration.fields().checktable();
        for (Varargs entry = fields.next(LuaValue.NIL); !entry.isnil(1); entry = fields.next(entry.arg1())) {
            if (!(entry.arg1() instanceof LuaString name) || !FIELDS.contains(LuaStrings.text(name))) {
                throw wrong("expected fields out of " + new TreeSet<>(FIELDS) + ", got " + shown(entry.arg1()));
            }
        }
    }

    private Clause clause() throws CaseFileException {
        String id = text("clause").orElseThrow(() -> missing("clause", "the id of the clause it tests"));
        return catalogue.clause(id).orElseThrow(() -> wrong("expected a clause of the catalogue, got \"" + id + "\""));
    }

    private Level level(Clause clause) throws CaseFileException {
        Optional<String> word = text("level");
        if (word.isEmpty()) {
            return clause.level();
        }
        Level level;
        try {
            level = Level.of(word.get());
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
        if (!clause.allows(level)) {
            throw wrong("expected a level that the clause " + clause.id() + " has ("
                    + clause.level().word() + (clause.also().isEmpty() ? "" : ", also " + clause.also()) + "), got \""
                    + level.word() + "\"");
        }
        return level;
    }

    /** A case of its own may be replaced where its clause is not. */
    private Optional<String> web(Clause clause) throws CaseFileException {
        Optional<String> own = text("web");
        if (own.isEmpty()) {
            return clause.web();
        }
        if (catalogue.clause(own.get()).filter(Clause::isWebOnly).isEmpty()) {
            throw wrong("web: expected a clause of profile web, got \"" + own.get() + "\"");
        }
        return own;
    }

    private Optional<Clause> cause(Clause clause) throws CaseFileException {
        Optional<String> own = text("cause");
        if (own.isPresent() && catalogue.clause(own.get()).isEmpty()) {
            throw wrong("cause: expected a clause of the catalogue, got \"" + own.get() + "\"");
        }
        return own.or(clause::cause).flatMap(catalogue::clause);
    }

    private Optional<ObjectNode> servers() throws CaseFileException {
        LuaValue one = field("server");
        LuaValue many = field("servers");
        if (!one.isnil() && !many.isnil()) {
            throw wrong("expected server or servers, got both");
        }
        if (one.isnil() && many.isnil()) {
            if (!unreached().isEmpty()) {
                throw wrong("unreached: expected servers in the case, got none");
            }
            return Optional.empty();
        }
        ObjectNode servers = JsonNodeFactory.instance.objectNode();
        if (!one.isnil()) {
            servers.set("main", scenario("server", one));
        } else {
            addAll(servers, many);
        }
        ObjectNode session = JsonNodeFactory.instance.objectNode();
        session.put("name", LuaStrings.text((LuaString) declaration.id()));
        session.set("servers", servers);
        try {
            SessionSpec spec = SessionSpec.parse(session);
            checkEndpoints(spec);
            checkReach(spec);
        } catch (ScenarioSyntaxException e) {
            throw wrong(e.getMessage());
        }
        return Optional.of(session);
    }

    private void checkEndpoints(SessionSpec session) throws CaseFileException {
        for (Map.Entry<String, Behaviour> server : session.servers().entrySet()) {
            if (server.getValue() instanceof EndpointTarget target) {
                Optional<String> problem = Endpoints.problem(target);
                if (problem.isPresent()) {
                    throw wrong("servers." + server.getKey() + ".endpoint: expected an endpoint of the server, got "
                            + target + ": " + problem.get());
                }
            }
        }
    }

    /** A client that never opens a connection must not be what a case asks for. */
    private void checkReach(SessionSpec session) throws CaseFileException {
        Set<String> reached = new TreeSet<>(session.servers().keySet());
        for (String name : unreached()) {
            if (!reached.remove(name)) {
                throw wrong("unreached: expected the name of a server of the case, got \"" + name + "\"");
            }
        }
        reached.removeIf(name -> session.servers().get(name) instanceof Scenario scenario
                && scenario.listener() == Scenario.Listener.UNREACHABLE);
        if (reached.isEmpty()) {
            throw wrong("expected a server that the client has to reach, got only unreached and unreachable ones");
        }
    }

    private Set<String> unreached() throws CaseFileException {
        return words("unreached");
    }

    private void addAll(ObjectNode servers, LuaValue many) throws CaseFileException {
        if (!many.istable()) {
            throw wrong("servers: expected a table of scenarios by name, got " + shown(many));
        }
        LuaTable table = many.checktable();
        requirePlain(table, "servers");
        for (Varargs entry = table.next(LuaValue.NIL); !entry.isnil(1); entry = table.next(entry.arg1())) {
            if (!(entry.arg1() instanceof LuaString name)) {
                throw wrong("servers: expected names, got the key " + shown(entry.arg1()));
            }
            servers.set(LuaStrings.text(name), scenario("servers." + LuaStrings.text(name), entry.arg(2)));
        }
    }

    private ObjectNode scenario(String name, LuaValue value) throws CaseFileException {
        if (!value.istable()) {
            throw wrong(name + ": expected a scenario (echo, script { … }, tcp { … }), got " + shown(value));
        }
        try {
            return ScenarioJson.of(value.checktable());
        } catch (IllegalArgumentException e) {
            throw wrong(name + ": " + e.getMessage());
        }
    }

    private Duration limit() throws CaseFileException {
        LuaValue value = field("limit");
        if (value.isnil()) {
            return LIMIT;
        }
        Duration limit;
        try {
            limit = LuaDuration.parse(value);
        } catch (IllegalArgumentException e) {
            throw wrong("limit: " + e.getMessage());
        }
        if (!limit.isPositive()) {
            throw wrong("limit: expected a duration above zero, got " + limit.toMillis() + " ms");
        }
        return limit;
    }

    private TestCase.Overtime overtime() throws CaseFileException {
        Optional<String> word = text("overtime");
        if (word.isPresent() && !word.get().equals(Level.SHOULD.word())) {
            throw wrong("overtime: expected \"should\" or nothing, got \"" + word.get() + "\"");
        }
        return word.isPresent() ? TestCase.Overtime.SHOULD : TestCase.Overtime.CASE;
    }

    private TestCase.Weight weight() throws CaseFileException {
        boolean heavy = flag("heavy");
        boolean waits = flag("waits");
        if (heavy && waits) {
            throw wrong("expected heavy or waits, got both");
        }
        return heavy ? TestCase.Weight.HEAVY : waits ? TestCase.Weight.WAITING : TestCase.Weight.LIGHT;
    }

    private boolean flag(String name) throws CaseFileException {
        LuaValue value = field(name);
        if (!value.isnil() && !value.isboolean()) {
            throw wrong(name + ": expected true or false, got " + shown(value));
        }
        return value.toboolean();
    }

    private Set<String> tolerates() throws CaseFileException {
        Set<String> rules = words("tolerates");
        for (String rule : rules) {
            if (!RULES.contains(rule)) {
                throw wrong("tolerates: expected a rule (" + String.join(", ", RULES) + "), got \"" + rule + "\"");
            }
        }
        return rules;
    }

    private Set<Need> needs() throws CaseFileException {
        Set<Need> needs = new HashSet<>();
        for (String word : words("needs")) {
            try {
                needs.add(Need.of(word));
            } catch (IllegalArgumentException e) {
                throw wrong("needs: " + e.getMessage());
            }
        }
        return Set.copyOf(needs);
    }

    private Set<String> words(String name) throws CaseFileException {
        LuaValue value = field(name);
        if (value.isnil()) {
            return Set.of();
        }
        if (!value.istable()) {
            throw wrong(name + ": expected a list of words, got " + shown(value));
        }
        Set<String> words = new TreeSet<>();
        LuaTable table = value.checktable();
        requirePlain(table, name);
        for (Varargs entry = table.next(LuaValue.NIL); !entry.isnil(1); entry = table.next(entry.arg1())) {
            if (!entry.arg1().isint()) {
                throw wrong(name + ": expected a list of words, got the key " + shown(entry.arg1()) + " in it");
            }
            if (!(entry.arg(2) instanceof LuaString word)) {
                throw wrong(name + ": expected a list of words, got " + shown(entry.arg(2)) + " in it");
            }
            words.add(LuaStrings.text(word));
        }
        return Set.copyOf(words);
    }

    private void checkFunction(String name, boolean required) throws CaseFileException {
        LuaValue value = field(name);
        if (value.isfunction() || (value.isnil() && !required)) {
            return;
        }
        throw wrong(name + ": expected a function, got " + shown(value));
    }

    private Optional<String> text(String name) throws CaseFileException {
        LuaValue value = field(name);
        if (value.isnil()) {
            return Optional.empty();
        }
        if (!(value instanceof LuaString string)) {
            throw wrong(name + ": expected a string, got " + shown(value));
        }
        return Optional.of(LuaStrings.text(string));
    }

    /** Read as it is: a metatable could run Lua here, where nothing bounds it. */
    private LuaValue field(String name) {
        return declaration.fields().checktable().rawget(name);
    }

    private void requirePlain(LuaTable table, String name) throws CaseFileException {
        if (!ScenarioJson.plain(table)) {
            throw wrong(name + ": expected a plain table, got one with a metatable that has an __index");
        }
    }

    private CaseFileException missing(String name, String what) {
        return wrong(name + ": expected " + what + ", got nothing");
    }

    private CaseFileException wrong(String sentence) {
        return new CaseFileException(declaration.position(), sentence);
    }

    private static String shown(LuaValue value) {
        return value instanceof LuaString string ? "\"" + LuaStrings.text(string) + "\"" : "a " + value.typename();
    }
}
