package io.allo.pbx.app.function;

import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import java.util.ArrayList;
import java.util.List;

/** ARRAY, and HASH: variables with keys, kept as {@code ~HASH~name~key~} so that they are inherited like others. Any thread. */
final class HashFunctions {

    private final Values values;

    HashFunctions(Values values) {
        this.values = values;
    }

    void register(FunctionTable table) {
        table.writable("ARRAY", this::setArray);
        table.settable("HASH", this::read, this::write);
        table.readable("HASHKEYS", (call, name) -> String.join(",", keys(call, name.strip())));
        table.readable("CLEARHASH", (call, name) -> {
            clear(call, name.strip());
            return "";
        });
    }

    /** ARRAY(a,b,c)=1,2,3: each name its value; names without one are emptied. */
    private void setArray(Call call, String data, String value) {
        var given = Arguments.of(value);
        var names = ListFunctions.names(data);
        for (var index = 0; index < names.size(); index++) {
            values.set(call, names.get(index), given.get(index));
        }
    }

    private static String variable(String name, String key) {
        return "~HASH~" + name + "~" + key + "~";
    }

    private static List<String> keys(Call call, String name) {
        var prefix = "~HASH~" + name + "~";
        var keys = new ArrayList<String>();
        for (var variable : call.channel().variables().all().keySet()) {
            if (variable.startsWith(prefix) && variable.length() > prefix.length() + 1) {
                keys.add(variable.substring(prefix.length(), variable.length() - 1));
            }
        }
        return keys;
    }

    private String read(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        var name = arguments.get(0).strip();
        if (arguments.count() > 1) {
            return value(call, name, arguments.get(1));
        }
        return String.join(
                ",",
                keys(call, name).stream().map(key -> value(call, name, key)).toList());
    }

    private static String value(Call call, String name, String key) {
        var value = call.channel().variables().value(variable(name, key));
        return value == null ? "" : value;
    }

    /** HASH(name,key)=value; HASH(name)=v1,v2 gives the keys that are there their values in order. */
    private void write(Call call, String data, String value) {
        var arguments = Arguments.of(data, 2);
        var name = arguments.get(0).strip();
        if (name.isEmpty()) {
            throw new DialplanException("needs a name");
        }
        if (arguments.count() > 1) {
            call.channel().variables().set(variable(name, arguments.get(1)), value);
            return;
        }
        var given = Arguments.of(value);
        var keys = keys(call, name);
        for (var index = 0; index < keys.size(); index++) {
            call.channel().variables().set(variable(name, keys.get(index)), given.get(index));
        }
    }

    private static void clear(Call call, String name) {
        keys(call, name).forEach(key -> call.channel().variables().remove(variable(name, key)));
    }
}
