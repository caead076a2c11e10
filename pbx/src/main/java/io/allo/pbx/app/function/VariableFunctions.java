package io.allo.pbx.app.function;

import io.allo.pbx.app.function.text.Numbers;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.GosubFrame;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Variables of other places: global ones, the subroutine's, other channels', shared ones. A board: any thread. */
final class VariableFunctions {

    /** Shared variables one channel may have. */
    static final int SHARED_LIMIT = 1_000;

    private final Values values;
    private final Calls calls;
    private final Map<Channel, Map<String, String>> shared = new WeakHashMap<>();

    VariableFunctions(Values values, Calls calls) {
        this.values = values;
        this.calls = calls;
    }

    void register(FunctionTable table) {
        table.settable("GLOBAL", this::global, this::setGlobal);
        table.settable("LOCAL", this::local, this::setLocal);
        table.readable("LOCAL_PEEK", this::localPeek);
        table.readable("STACK_PEEK", this::stackPeek);
        table.settable("SHARED", this::shared, this::setShared);
        table.readable("IMPORT", this::imported);
        table.settable("MASTER_CHANNEL", this::master, this::setMaster);
    }

    private String global(Call call, String name) {
        var value = values.runner().globals().value(name.strip());
        return value == null ? "" : value;
    }

    private void setGlobal(Call call, String name, String value) {
        values.runner().globals().set(name.strip(), value);
    }

    // ---- subroutines

    private String local(Call call, String name) {
        return values.of(call, name);
    }

    private void setLocal(Call call, String name, String value) {
        var frame = call.channel().gosubStack().peek();
        if (frame == null) {
            throw new DialplanException("LOCAL() has a meaning only in a subroutine (Gosub)");
        }
        frame.locals().put(name.strip(), value);
    }

    /** LOCAL_PEEK(n,name): the value that the n-th subroutine from the innermost sees, 0 being the innermost. */
    private String localPeek(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        var level = (int) Numbers.number(arguments.get(0), "the level");
        var frames = new ArrayList<>(call.channel().gosubStack());
        for (var index = Math.max(0, level); index < frames.size(); index++) {
            var value = frames.get(index).locals().get(arguments.get(1));
            if (value != null) {
                return value;
            }
        }
        var value = call.channel().variables().value(arguments.get(1));
        return value == null ? "" : value;
    }

    /** STACK_PEEK(n,which): where the n-th caller of this subroutine goes on, 1 being its own; e, c, p or l. */
    private String stackPeek(Call call, String data) {
        var arguments = Arguments.of(data, 3);
        var level = (int) Numbers.number(arguments.get(0), "the level");
        var frames = new ArrayList<GosubFrame>(call.channel().gosubStack());
        if (level < 1 || level > frames.size()) {
            if (Numbers.isYes(arguments.get(2))) {
                return "";
            }
            throw new DialplanException("the call is in " + frames.size() + " subroutines, not in " + level);
        }
        var place = frames.get(level - 1).returnTo();
        var which = arguments.get(1, "l").strip();
        return switch (which.charAt(0)) {
            case 'c', 'C' -> place.context();
            case 'e', 'E' -> place.extension();
            case 'p', 'P' -> String.valueOf(place.priority());
            case 'l', 'L' -> place.context() + "," + place.extension() + "," + place.priority();
            default -> throw new DialplanException("gives c, e, p or l, not " + which);
        };
    }

    // ---- other channels

    private Channel named(String name) {
        var channel = calls.channel(name.strip());
        if (channel == null) {
            throw new DialplanException("there is no channel " + name.strip());
        }
        return channel;
    }

    private String shared(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        var channel = arguments.count() > 1 ? named(arguments.get(1)) : call.channel();
        synchronized (shared) {
            var own = shared.get(channel);
            var value = own == null ? null : own.get(arguments.get(0).strip());
            return value == null ? "" : value;
        }
    }

    private void setShared(Call call, String data, String value) {
        var arguments = Arguments.of(data, 2);
        var channel = arguments.count() > 1 ? named(arguments.get(1)) : call.channel();
        var name = arguments.get(0).strip();
        synchronized (shared) {
            var own = shared.computeIfAbsent(channel, each -> new HashMap<>());
            if (own.size() >= SHARED_LIMIT && !own.containsKey(name)) {
                throw new DialplanException("a channel can't share more than " + SHARED_LIMIT + " variables");
            }
            own.put(name, value);
        }
    }

    /** IMPORT(channel,name): what another channel has under that name; of a channel of this call all that can be said. */
    private String imported(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        return read(call, named(arguments.get(0)), arguments.get(1));
    }

    private String read(Call call, Channel channel, String name) {
        if (name.indexOf('(') < 0 && channel.owner() != call) {
            var value = channel.variables().value(name.strip());
            return value == null ? "" : value;
        }
        var value = new Object() {
            String text = "";
        };
        call.runOn(channel, () -> value.text = values.of(call, name));
        return value.text;
    }

    /** MASTER_CHANNEL(name): of the call's first channel. */
    private String master(Call call, String name) {
        return read(call, master(call), name);
    }

    private void setMaster(Call call, String name, String value) {
        var master = master(call);
        if (name.indexOf('(') < 0) {
            master.variables().set(name.strip(), value);
        } else if (master.owner() == call) {
            call.runOn(master, () -> values.set(call, name, value));
        } else {
            throw new DialplanException("a function of a channel of another script can't be set");
        }
    }

    private Channel master(Call call) {
        @Nullable Channel first = calls.channel(call.log().linkedId());
        return first == null ? call.channel() : first;
    }
}
