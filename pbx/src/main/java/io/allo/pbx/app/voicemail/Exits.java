package io.allo.pbx.app.voicemail;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.voicemail.VoicemailBox;
import io.allo.pbx.voicemail.VoicemailOption;

/**
 * Where keys lead a caller out of a mailbox: {@code o} (0, with operator=yes), {@code a} (*), and with the option d any extension of one
 * digit. Only what is in the dialplan counts. Owned by the call.
 */
final class Exits {

    private final DialplanRunner runner;
    private final Call call;
    private final String context;
    private final boolean operator;
    private final String digitContext;

    /**
     * The exits of a mailbox.
     *
     * @param digitContext where digits lead to; empty: nowhere
     */
    Exits(DialplanRunner runner, Call call, VoicemailBox box, String digitContext) {
        this.runner = runner;
        this.call = call;
        var own = box.options().text(VoicemailOption.EXITCONTEXT);
        this.context = own.isEmpty() ? call.channel().location().context() : own;
        this.operator = box.options().yes(VoicemailOption.OPERATOR);
        this.digitContext = digitContext;
    }

    private boolean exists(String inContext, String extension) {
        return runner.exists(call, new DialplanLocation(inContext, extension, 1));
    }

    boolean hasOperator() {
        return operator && exists(context, "o");
    }

    /** The keys that lead somewhere. */
    String keys() {
        var keys = new StringBuilder();
        if (hasOperator()) {
            keys.append('0');
        }
        if (exists(context, "a")) {
            keys.append('*');
        }
        if (!digitContext.isEmpty()) {
            for (var digit = '0'; digit <= '9'; digit++) {
                if (keys.indexOf(String.valueOf(digit)) < 0 && exists(digitContext, String.valueOf(digit))) {
                    keys.append(digit);
                }
            }
        }
        return keys.toString();
    }

    /** Goes where the key leads. */
    void leave(char key) {
        if (key == '0' && hasOperator()) {
            call.channel().location(new DialplanLocation(context, "o", 1));
        } else if (key == '*') {
            call.channel().location(new DialplanLocation(context, "a", 1));
        } else {
            call.channel().location(new DialplanLocation(digitContext, String.valueOf(key), 1));
        }
    }
}
