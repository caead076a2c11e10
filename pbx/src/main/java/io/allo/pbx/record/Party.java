package io.allo.pbx.record;

import io.allo.pbx.event.CallEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A channel as the records see it. Owned by its {@link CdrFold}. */
final class Party {

    final String uniqueId;
    final String name;
    final boolean incoming;
    final int order;
    final List<Draft> drafts = new ArrayList<>();
    /** The one that ended last. */
    @Nullable
    Draft latest;

    String callerName;
    String callerNumber;
    String accountCode;
    String userField = "";
    boolean endToEnd;
    String amaFlags = "DOCUMENTATION";
    long answeredMs;
    int cause;
    boolean dialed;
    boolean preferredA;
    boolean disabled;
    boolean gone;

    Party(CallEvent.ChannelCreated created, int order, boolean disabled) {
        uniqueId = created.channel();
        name = created.channelName();
        incoming = created.incoming();
        this.order = order;
        callerName = created.callerName();
        callerNumber = created.callerNumber();
        accountCode = created.accountCode();
        this.disabled = disabled;
    }

    String clid() {
        return "\"" + callerName + "\" <" + callerNumber + ">";
    }

    /** The dialplan wrote into the record, or named the caller anew. */
    void set(String field, String value) {
        switch (field.toLowerCase(Locale.ROOT)) {
            case "accountcode", "channel(accountcode)" -> accountCode = value;
            case "userfield", "channel(userfield)" -> userField = value;
            case "amaflags", "channel(amaflags)" -> amaFlags = value;
            case "cdr_prop(disable)" -> disabled = value.equals("1");
            case "cdr_prop(party_a)" -> preferredA = value.equals("1");
            case "callerid(num)", "callerid(number)" -> callerNumber = value;
            case "callerid(name)" -> callerName = value;
            case "callerid(all)" -> callerId(value);
            default -> {}
        }
    }

    /** The server can't listen from now on: the record says so in its free field, behind what the dialplan has put there. */
    void endToEnd() {
        endToEnd = true;
    }

    /** {@code "name" <number>}, {@code <number>} or a number alone. */
    private void callerId(String text) {
        var open = text.lastIndexOf('<');
        var close = text.indexOf('>', open + 1);
        if (open >= 0 && close > open) {
            callerNumber = text.substring(open + 1, close).strip();
            callerName = unquoted(text.substring(0, open).strip());
        } else if (text.strip().matches("[+0-9*#]+")) {
            callerNumber = text.strip();
        } else {
            callerName = unquoted(text.strip());
        }
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
