/**
 * The Lua host: hardened LuaJ, one session per script, and the modules channel, time, json and errors.
 *
 * <h2>Language</h2>
 *
 * Scripts are written in Lua 5.1. LuaJ runs them, whose language is Lua 5.2; functions that Lua 5.2 has dropped, such
 * as {@code unpack} and {@code loadstring}, are there as well. {@code ReferenceTest} compares the host with the
 * reference implementation of Lua 5.1. The known differences are listed, each with its reason, in
 * {@code differences.lua} beside that test.
 *
 * <h2>Stopping</h2>
 *
 * {@link io.wstck.lua.LuaSession#stop} ends a script at any point: between two instructions, in a blocking call, in a
 * coroutine, and in any library function. A function written in Java checks for the stop at least every few thousand
 * steps. On an idle machine a script ends within 200 ms, plus the pauses of the garbage collector.
 *
 * <h2>Limits</h2>
 *
 * {@link io.wstck.lua.LuaLimits} sets the length of strings, the memory, the nested calls, the depth of JSON, the
 * coroutines and the timers. The default for the memory depends on the heap: 2 GiB, but at most half of what
 * {@link Runtime#maxMemory} returns. A session over its memory limit, or with too many nested calls, ends. Every other
 * limit raises an ordinary Lua error, which {@code pcall} catches. A function that returns its errors returns it as an
 * error value.
 *
 * <p>These limits are fixed:
 *
 * <table>
 * <caption>Fixed limits</caption>
 * <tr><td>results of {@code unpack}, {@code string.byte}</td><td>100,000</td></tr>
 * <tr><td>a line of {@code print}, the message of an error, the name of a module</td><td>16 MiB</td></tr>
 * <tr><td>the source for {@code load}</td><td>16 MiB, and 10,000 times {@code goto} or {@code break}</td></tr>
 * <tr><td>a string as the key of a table</td><td>64 KiB</td></tr>
 * <tr><td>a string as an operand of arithmetic</td><td>16 KiB</td></tr>
 * <tr><td>keys of a table</td><td>2,097,152, and 33,554,432 elements of a list</td></tr>
 * <tr><td>keys or elements of a table that becomes weak</td><td>1,048,576</td></tr>
 * <tr><td>values in one JSON text; a name in it</td><td>1,000,000; 50,000 characters</td></tr>
 * <tr><td>cases of {@code channel.select}; capacity of a channel</td><td>1,000; 1,000,000</td></tr>
 * <tr><td>a pattern</td><td>200 nested repetitions and captures, 32 captures</td></tr>
 * </table>
 *
 * <h2>Other users of LuaJ</h2>
 *
 * LuaJ has one metatable of strings for the whole JVM. While a session is open, the host's metatable replaces it. On a
 * thread that runs a session it gives that session's methods. On any other thread it acts as the earlier metatable, or
 * as that of LuaJ's string library if there was none. When the last session is closed, the host restores the earlier
 * metatable. If another program sets a metatable meanwhile, the host's metatable replaces it again, and other threads
 * get the new one.
 *
 * <p>The host cannot detect one case: a program that loads LuaJ's string library for the first time while a session is
 * open. The program gets the stock string methods, but not those that it adds to its own table {@code string}.
 */
package io.wstck.lua;
