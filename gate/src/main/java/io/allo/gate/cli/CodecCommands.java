package io.allo.gate.cli;

import io.allo.media.codec.Opus;
import io.allo.media.sdp.CodecName;
import java.util.List;

/** What is said about codecs: which there are, and which can be changed into others here. No state; any thread. */
final class CodecCommands {

    void codecs(List<String> arguments, Reply reply) {
        var table =
                new Table("CODEC", "SDP", reply.say("SOUND (HZ)", "SON (HZ)"), reply.say("DECODED HERE", "DÉCODÉ ICI"));
        for (var codec : CodecName.values()) {
            table.row(
                    codec.asteriskName(),
                    codec.encoding() + "/" + codec.clockRate(),
                    Integer.toString(codec.sampleRate()),
                    decoded(codec, reply));
        }
        reply.table(table);
    }

    private static String decoded(CodecName codec, Reply reply) {
        if (codec == CodecName.OPUS) {
            return reply.say("yes, by ", "oui, par ") + Opus.CODEC.library().description();
        }
        return codec.transcodable() ? reply.say("yes", "oui") : reply.say("no, passed on", "non, transmis");
    }
}
