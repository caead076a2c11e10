package io.allo.pbx.app.function;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.Hint;
import java.util.Optional;

/** What asks about places in the dialplan and the devices behind them. Any thread. */
final class LookupFunctions {

    private final Values values;
    private final DeviceStates devices;

    LookupFunctions(Values values, DeviceStates devices) {
        this.values = values;
        this.devices = devices;
    }

    void register(FunctionTable table) {
        table.readable("DIALPLAN_EXISTS", this::exists);
        table.readable("VALID_EXTEN", this::exists);
        table.readable("HINT", this::hint);
        table.settable(
                "DEVICE_STATE",
                (call, device) -> devices.of(device.strip()).name(),
                (call, device, state) -> devices.custom(device.strip(), state));
        table.readable("EXTENSION_STATE", this::extensionState);
    }

    /** DIALPLAN_EXISTS(context[,extension[,priority]]): 1 or 0; a priority may be a label. */
    private String exists(Call call, String data) {
        var arguments = Arguments.of(data, 3);
        var dialplan = values.runner().dialplan();
        var context = arguments.get(0, call.channel().location().context());
        if (arguments.count() < 2) {
            return dialplan.context(context).isPresent() ? "1" : "0";
        }
        var extension = arguments.get(1);
        var priority = arguments.get(2, "1").strip();
        var caller = call.channel().callerId().number();
        var now = values.runner().now();
        var found = priority.matches("[0-9]{1,9}")
                ? values.runner().exists(call, new DialplanLocation(context, extension, Integer.parseInt(priority)))
                : dialplan.findLabel(context, extension, priority, caller, now).isPresent();
        return found ? "1" : "0";
    }

    private record Place(String extension, String context) {
        static Place of(Call call, String text) {
            var at = text.indexOf('@');
            if (at < 0) {
                return new Place(text.strip(), call.channel().location().context());
            }
            return new Place(
                    text.substring(0, at).strip(), text.substring(at + 1).strip());
        }
    }

    private Optional<Hint> hintOf(Call call, String text) {
        var place = Place.of(call, text);
        if (place.extension().isEmpty()) {
            throw new DialplanException("needs extension@context");
        }
        return values.runner()
                .dialplan()
                .hint(place.context(), place.extension(), values.runner().now());
    }

    /** HINT(extension@context): its devices, variables not replaced. Names are not kept in hints, so the option name gives none. */
    private String hint(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        if (arguments.count() > 1) {
            return "";
        }
        return hintOf(call, arguments.get(0)).map(Hint::devices).orElse("");
    }

    /** EXTENSION_STATE(extension@context): of all devices behind it together; UNKNOWN where it has no hint. */
    private String extensionState(Call call, String data) {
        var hint = hintOf(call, data);
        if (hint.isEmpty()) {
            return DeviceStates.State.UNKNOWN.name();
        }
        return DeviceStates.together(hint.get().deviceNames().stream()
                        .map(name -> devices.of(values.runner().substitute(call, name)))
                        .toList())
                .name();
    }
}
