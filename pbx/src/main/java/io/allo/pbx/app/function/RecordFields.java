package io.allo.pbx.app.function;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.event.CallEvent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the dialplan has written into a channel's record, kept where everything is: in the call's log. Stateless. */
final class RecordFields {

    /** The value set last, without regard to the field's case. */
    String value(Channel channel, String field, String otherwise) {
        return all(channel).getOrDefault(field.toLowerCase(Locale.ROOT), otherwise);
    }

    /** All that were set by name in lower case. */
    Map<String, String> all(Channel channel) {
        var values = new LinkedHashMap<String, String>();
        for (var event : channel.log().events()) {
            if (event instanceof CallEvent.RecordFieldSet set && set.channel().equals(channel.uniqueId())) {
                values.put(set.field().toLowerCase(Locale.ROOT), set.value());
            }
        }
        return values;
    }

    void set(Call call, String field, String value) {
        call.log()
                .add(new CallEvent.RecordFieldSet(
                        call.clock().epochMillis(),
                        call.log().linkedId(),
                        call.channel().uniqueId(),
                        field.toLowerCase(Locale.ROOT),
                        value));
    }

    /** OMIT, BILLING or DOCUMENTATION by word or number. */
    static String amaFlags(String text) {
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "OMIT", "1" -> "OMIT";
            case "BILLING", "2" -> "BILLING";
            case "DOCUMENTATION", "DEFAULT", "3" -> "DOCUMENTATION";
            default -> throw new DialplanException("amaflags are OMIT, BILLING or DOCUMENTATION, not \"" + text + "\"");
        };
    }
}
