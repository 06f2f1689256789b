package io.wstck.tck.junit;

import java.lang.management.ManagementFactory;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNil;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaThread;

/**
 * The state of a process that a library could change. Needs {@code --add-opens} for {@code java.lang}, {@code java.net}
 * and {@code javax.net.ssl} of {@code java.base}.
 *
 * @param values by name
 * @param threads the threads of the program, without those of the JDK
 */
record ProcessState(Map<String, String> values, Set<Thread> threads) {
    static ProcessState now() throws ReflectiveOperationException {
        Map<String, String> values = new TreeMap<>();
        // The JDK sets the property user.timezone when the time zone is first read.
        values.put("default time zone", TimeZone.getDefault().getID());
        System.getProperties().forEach((key, value) -> values.put("system property " + key, value.toString()));
        levels(values);
        values.put("shutdown hooks", hooks());
        values.put("default uncaught exception handler", show(Thread.getDefaultUncaughtExceptionHandler()));
        values.put("standard output", show(System.out));
        values.put("standard error", show(System.err));
        values.put("standard input", show(System.in));
        values.put("default locale", Locale.getDefault().toString());
        values.put("default authenticator", show(Authenticator.getDefault()));
        values.put("default proxy selector", show(ProxySelector.getDefault()));
        values.put("default cookie handler", show(CookieHandler.getDefault()));
        values.put("default response cache", show(ResponseCache.getDefault()));
        values.put("URL stream handlers", show(secret(java.net.URL.class, "factory")));
        values.put("default TLS context", show(secret(SSLContext.class, "defaultContext")));
        values.put(
                "security providers",
                Arrays.stream(Security.getProviders())
                        .map(Provider::getName)
                        .toList()
                        .toString());
        values.put(
                "managed beans",
                ManagementFactory.getPlatformMBeanServer().queryNames(null, null).stream()
                        .map(Object::toString)
                        .filter(name -> !name.startsWith("java") && !name.startsWith("jdk"))
                        .sorted()
                        .toList()
                        .toString());
        values.put(
                "metatables of LuaJ",
                Arrays.asList(
                                LuaString.s_metatable,
                                LuaNumber.s_metatable,
                                LuaBoolean.s_metatable,
                                LuaNil.s_metatable,
                                LuaFunction.s_metatable,
                                LuaThread.s_metatable)
                        .stream()
                        .map(ProcessState::show)
                        .toList()
                        .toString());
        return new ProcessState(Map.copyOf(values), started());
    }

    /** The differences from an earlier state. Waits for new threads to end, at most for {@code enough}. */
    List<String> differences(ProcessState before, Duration enough) throws InterruptedException {
        List<String> differences = new ArrayList<>();
        Set<String> names = new HashSet<>(values.keySet());
        names.addAll(before.values.keySet());
        for (String name : names) {
            if (!Objects.equals(values.get(name), before.values.get(name))) {
                differences.add(name + ": " + before.values.get(name) + " became " + values.get(name));
            }
        }
        long end = System.nanoTime() + enough.toNanos();
        for (Thread thread : threads) {
            if (!before.threads.contains(thread)) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
                if (thread.isAlive()) {
                    differences.add("thread " + thread.getName() + " still runs");
                }
            }
        }
        return differences;
    }

    private static void levels(Map<String, String> values) {
        for (String name : Collections.list(LogManager.getLogManager().getLoggerNames())) {
            Logger logger = LogManager.getLogManager().getLogger(name);
            if (logger != null && logger.getLevel() != null) {
                values.put("level of logger " + name, logger.getLevel().toString());
            }
        }
    }

    private static String hooks() throws ReflectiveOperationException {
        Map<?, ?> hooks = (Map<?, ?>) secret(Class.forName("java.lang.ApplicationShutdownHooks"), "hooks");
        return hooks.keySet().stream()
                .map(hook -> ((Thread) hook).getName() + " " + hook.getClass().getName())
                .sorted()
                .toList()
                .toString();
    }

    private static Object secret(Class<?> type, String field) throws ReflectiveOperationException {
        java.lang.reflect.Field found = type.getDeclaredField(field);
        found.setAccessible(true);
        return found.get(null);
    }

    private static Set<Thread> started() {
        Set<Thread> threads = new HashSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            ThreadGroup group = thread.getThreadGroup();
            if (group != null && group.getName().equals("main") && !thread.equals(Thread.currentThread())) {
                threads.add(thread);
            }
        }
        return Set.copyOf(threads);
    }

    private static String show(Object value) {
        return value == null ? "none" : value.getClass().getName() + "@" + System.identityHashCode(value);
    }
}
