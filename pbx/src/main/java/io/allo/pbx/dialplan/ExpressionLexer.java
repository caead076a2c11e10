package io.allo.pbx.dialplan;

import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into operators, strings and names. Pure. */
final class ExpressionLexer {
    /** What a token is. */
    enum Kind {
        OPERATOR,
        WORD,
        QUOTED,
        END
    }

    /**
     * One token.
     *
     * @param text the operator, or the string with its quotes
     * @param start the index of its first character
     * @param end the index behind its last
     */
    record Token(Kind kind, String text, int start, int end) {
        boolean is(String operator) {
            return kind == Kind.OPERATOR && text.equals(operator);
        }
    }

    private static final List<String> OPERATORS = List.of(
            "||", "&&", "==", "=~", "~~", ">=", "<=", "!=", "::", "|", "&", "=", ">", "<", "+", "-", "*", "/", "%", "?",
            ":", "(", ")", "!", ",");
    private static final String NOT_IN_WORDS = "|&=><+-*/%?:()!,\" \t\r\n";

    private ExpressionLexer() {}

    static List<Token> tokens(String text) throws ExpressionException {
        var tokens = new ArrayList<Token>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                at++;
                continue;
            }
            Token token = c == '"' ? quoted(text, at) : operatorOrWord(text, at);
            tokens.add(token);
            at = token.end();
            if (tokens.size() > Expression.MAX_TOKENS)
                throw new ExpressionException("it is too long", shorten(text), at);
        }
        tokens.add(new Token(Kind.END, "", at, at));
        return tokens;
    }

    private static Token operatorOrWord(String text, int at) {
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) return token(Kind.OPERATOR, text, at, at + operator.length());
        }
        int end = at;
        while (end < text.length() && NOT_IN_WORDS.indexOf(text.charAt(end)) < 0 && !text.startsWith("~~", end)) end++;
        return token(Kind.WORD, text, at, end);
    }

    private static Token quoted(String text, int start) throws ExpressionException {
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != '"') at += text.charAt(at) == '\\' ? 2 : 1;
        if (at >= text.length()) throw new ExpressionException("the double quote is not closed", shorten(text), start);
        return token(Kind.QUOTED, text, start, at + 1);
    }

    private static Token token(Kind kind, String text, int start, int end) {
        return new Token(kind, text.substring(start, end), start, end);
    }

    static String shorten(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }
}
