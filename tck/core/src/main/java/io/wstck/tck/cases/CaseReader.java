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
import io.wstck.server.text.FormatWord;
import io.wstck.server.text.NearestNames;
import io.wstck.server.wire.Rule;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.catalogue.Level;
import io.wstck.tck.catalogue.Need;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Makes a {@link TestCase} from the fields of one declared case, or names the first invalid field in a sentence. */
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
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);

    private final CaseFile file;
    private final CaseDeclaration declaration;
    private final ClauseCatalogue catalogue;

    CaseReader(CaseFile file, CaseDeclaration declaration, ClauseCatalogue catalogue) {
        this.file = file;
        this.declaration = declaration;
        this.catalogue = catalogue;
    }

    TestCase read() throws CaseFileException {
        if (!(declaration.id() instanceof LuaString id)
                || !ID.matcher(LuaStrings.text(id)).matches()) {
            throw error("expected a case id such as \"close.default-code\", got " + describe(declaration.id()));
        }
        if (!declaration.fields().istable()) {
            throw error("expected a table with the fields of case " + describe(id) + ", got "
                    + describe(declaration.fields()));
        }
        requirePlain(declaration.fields().checktable(), "case " + describe(id));
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
                throw error("expected fields out of " + new TreeSet<>(FIELDS) + ", got " + describe(entry.arg1())
                        + (entry.arg1() instanceof LuaString unknown
                                ? NearestNames.question(LuaStrings.text(unknown), FIELDS)
                                : ""));
            }
        }
    }

    private Clause clause() throws CaseFileException {
        String id = text("clause").orElseThrow(() -> missing("clause", "the id of the clause it tests"));
        return catalogue
                .clause(id)
                .orElseThrow(() -> error("expected a clause of the catalogue, got \"" + id + "\""
                        + NearestNames.question(
                                id, catalogue.clauses().stream().map(Clause::id).toList())));
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
            throw error(e.getMessage());
        }
        if (!clause.allows(level)) {
            throw error("expected a level that the clause " + clause.id() + " has ("
                    + clause.level().word() + (clause.also().isEmpty() ? "" : ", also " + clause.also()) + "), got \""
                    + level.word() + "\"");
        }
        return level;
    }

    /** Returns the clause that replaces the case in profile web. A case may be replaced even if its clause is not. */
    private Optional<String> web(Clause clause) throws CaseFileException {
        Optional<String> own = text("web");
        if (own.isEmpty()) {
            return clause.web();
        }
        if (catalogue.clause(own.get()).filter(Clause::isWebOnly).isEmpty()) {
            throw error("web: expected a clause of profile web, got \"" + own.get() + "\"");
        }
        return own;
    }

    private Optional<Clause> cause(Clause clause) throws CaseFileException {
        Optional<String> own = text("cause");
        if (own.isPresent() && catalogue.clause(own.get()).isEmpty()) {
            throw error("cause: expected a clause of the catalogue, got \"" + own.get() + "\"");
        }
        return own.or(clause::cause).flatMap(catalogue::clause);
    }

    private Optional<CaseServers> servers() throws CaseFileException {
        LuaValue one = field("server");
        LuaValue many = field("servers");
        if (!one.isnil() && !many.isnil()) {
            throw error("expected server or servers, got both");
        }
        if (one.isnil() && many.isnil()) {
            if (!unreached().isEmpty()) {
                throw error("unreached: expected servers in the case, got none");
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
            checkConnectedServers(spec);
            return Optional.of(new CaseServers(session, spec));
        } catch (ScenarioSyntaxException e) {
            throw error(e.getMessage());
        }
    }

    private void checkEndpoints(SessionSpec session) throws CaseFileException {
        for (Map.Entry<String, Behaviour> server : session.servers().entrySet()) {
            if (server.getValue() instanceof EndpointTarget target) {
                Optional<String> problem = Endpoints.problem(target);
                if (problem.isPresent()) {
                    throw error("servers." + server.getKey() + ".endpoint: expected an endpoint of the server, got "
                            + target + ": " + problem.get());
                }
            }
        }
    }

    /** Rejects a case that a client without any connection could pass. */
    private void checkConnectedServers(SessionSpec session) throws CaseFileException {
        Set<String> reached = new TreeSet<>(session.servers().keySet());
        for (String name : unreached()) {
            if (!reached.remove(name)) {
                throw error("unreached: expected the name of a server of the case, got \"" + name + "\"");
            }
        }
        reached.removeIf(name -> session.servers().get(name) instanceof Scenario scenario
                && scenario.listener() == Scenario.ListenerKind.UNREACHABLE);
        if (reached.isEmpty()) {
            throw error("expected a server that the client has to reach, got only unreached and unreachable ones");
        }
    }

    private Set<String> unreached() throws CaseFileException {
        return words("unreached");
    }

    private void addAll(ObjectNode servers, LuaValue many) throws CaseFileException {
        if (!many.istable()) {
            throw error("servers: expected a table of scenarios by name, got " + describe(many));
        }
        LuaTable table = many.checktable();
        requirePlain(table, "servers");
        for (Varargs entry = table.next(LuaValue.NIL); !entry.isnil(1); entry = table.next(entry.arg1())) {
            if (!(entry.arg1() instanceof LuaString name)) {
                throw error("servers: expected names, got the key " + describe(entry.arg1()));
            }
            servers.set(LuaStrings.text(name), scenario("servers." + LuaStrings.text(name), entry.arg(2)));
        }
    }

    private ObjectNode scenario(String name, LuaValue value) throws CaseFileException {
        if (!value.istable()) {
            throw error(name + ": expected a scenario (echo, script { … }, tcp { … }), got " + describe(value));
        }
        try {
            return ScenarioJson.of(value.checktable());
        } catch (IllegalArgumentException e) {
            throw error(name + ": " + e.getMessage());
        }
    }

    private Duration limit() throws CaseFileException {
        LuaValue value = field("limit");
        if (value.isnil()) {
            return DEFAULT_LIMIT;
        }
        Duration limit;
        try {
            limit = LuaDuration.parse(value);
        } catch (IllegalArgumentException e) {
            throw error("limit: " + e.getMessage());
        }
        if (!limit.isPositive()) {
            throw error("limit: expected a duration above zero, got " + limit.toMillis() + " ms");
        }
        return limit;
    }

    private TestCase.Overtime overtime() throws CaseFileException {
        Optional<String> word = text("overtime");
        if (word.isPresent() && !word.get().equals(Level.SHOULD.word())) {
            throw error("overtime: expected \"should\" or nothing, got \"" + word.get() + "\"");
        }
        return word.isPresent() ? TestCase.Overtime.SHOULD : TestCase.Overtime.CASE;
    }

    private TestCase.Weight weight() throws CaseFileException {
        boolean heavy = flag("heavy");
        boolean waits = flag("waits");
        if (heavy && waits) {
            throw error("expected heavy or waits, got both");
        }
        return heavy ? TestCase.Weight.HEAVY : waits ? TestCase.Weight.WAITING : TestCase.Weight.LIGHT;
    }

    private boolean flag(String name) throws CaseFileException {
        LuaValue value = field(name);
        if (!value.isnil() && !value.isboolean()) {
            throw error(name + ": expected true or false, got " + describe(value));
        }
        return value.toboolean();
    }

    private Set<Rule> tolerates() throws CaseFileException {
        EnumSet<Rule> rules = EnumSet.noneOf(Rule.class);
        for (String word : words("tolerates")) {
            try {
                rules.add(FormatWord.of(Rule.class, "a rule", word));
            } catch (IllegalArgumentException e) {
                throw error("tolerates: " + e.getMessage());
            }
        }
        return Set.copyOf(rules);
    }

    private Set<Need> needs() throws CaseFileException {
        Set<Need> needs = new HashSet<>();
        for (String word : words("needs")) {
            try {
                needs.add(Need.of(word));
            } catch (IllegalArgumentException e) {
                throw error("needs: " + e.getMessage());
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
            throw error(name + ": expected a list of words, got " + describe(value));
        }
        Set<String> words = new TreeSet<>();
        LuaTable table = value.checktable();
        requirePlain(table, name);
        for (Varargs entry = table.next(LuaValue.NIL); !entry.isnil(1); entry = table.next(entry.arg1())) {
            if (!entry.arg1().isint()) {
                throw error(name + ": expected a list of words, got the key " + describe(entry.arg1()) + " in it");
            }
            if (!(entry.arg(2) instanceof LuaString word)) {
                throw error(name + ": expected a list of words, got " + describe(entry.arg(2)) + " in it");
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
        throw error(name + ": expected a function, got " + describe(value));
    }

    private Optional<String> text(String name) throws CaseFileException {
        LuaValue value = field(name);
        if (value.isnil()) {
            return Optional.empty();
        }
        if (!(value instanceof LuaString string)) {
            throw error(name + ": expected a string, got " + describe(value));
        }
        return Optional.of(LuaStrings.text(string));
    }

    /** Reads a field without its metatable, which could run Lua code here without a time limit. */
    private LuaValue field(String name) {
        return declaration.fields().checktable().rawget(name);
    }

    private void requirePlain(LuaTable table, String name) throws CaseFileException {
        if (!ScenarioJson.isPlain(table)) {
            throw error(name + ": expected a plain table, got one with a metatable that has an __index");
        }
    }

    private CaseFileException missing(String name, String what) {
        return error(name + ": expected " + what + ", got nothing");
    }

    private CaseFileException error(String sentence) {
        return new CaseFileException(declaration.position(), sentence);
    }

    private static String describe(LuaValue value) {
        return value instanceof LuaString string ? "\"" + LuaStrings.text(string) + "\"" : "a " + value.typename();
    }
}
