import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as values of Java: Map, List, String, Long or Double, Boolean, null. This part is complete. What is not JSON is an
 * IllegalArgumentException.
 */
final class Json {
  private final String text;
  private int at = 0;

  private Json(String text) {
    this.text = text;
  }

  static Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.skipSpaces();
    if (json.at < text.length()) throw json.wrong();
    return value;
  }

  static String write(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> map) {
      String before = "{";
      if (map.isEmpty()) out.append(before);
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(before);
        write(entry.getKey(), out);
        out.append(":");
        write(entry.getValue(), out);
        before = ",";
      }
      out.append("}");
    } else if (value instanceof List<?> list) {
      String before = "[";
      if (list.isEmpty()) out.append(before);
      for (Object item : list) {
        out.append(before);
        write(item, out);
        before = ",";
      }
      out.append("]");
    } else if (value instanceof String string) {
      out.append('"');
      for (char c : string.toCharArray()) {
        if (c == '"' || c == '\\') out.append('\\').append(c);
        else if (c < ' ' || Character.isSurrogate(c)) out.append(String.format("\\u%04x", (int) c));
        else out.append(c);
      }
      out.append('"');
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      throw new IllegalArgumentException("not a value of JSON: " + value);
    }
  }

  private Object value() {
    skipSpaces();
    switch (at < text.length() ? text.charAt(at) : ' ') {
      case '{':
        return object();
      case '[':
        return list();
      case '"':
        return string();
      default:
        return word();
    }
  }

  private Map<String, Object> object() {
    Map<String, Object> map = new LinkedHashMap<>();
    take('{');
    if (takes('}')) return map;
    do {
      skipSpaces();
      String key = string();
      take(':');
      map.put(key, value());
    } while (takes(','));
    take('}');
    return map;
  }

  private List<Object> list() {
    List<Object> items = new ArrayList<>();
    take('[');
    if (takes(']')) return items;
    do items.add(value());
    while (takes(','));
    take(']');
    return items;
  }

  private String string() {
    take('"');
    StringBuilder out = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') return out.toString();
      out.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = next();
    switch (c) {
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        if (at + 4 > text.length()) throw wrong();
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
      default:
        return c;
    }
  }

  private Object word() {
    int from = at;
    while (at < text.length() && isOfWord(text.charAt(at))) at++;
    String word = text.substring(from, at);
    switch (word) {
      case "true":
        return true;
      case "false":
        return false;
      case "null":
        return null;
      default:
        if (word.matches("-?\\d{1,18}")) return Long.valueOf(word);
        return Double.valueOf(word);
    }
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.';
  }

  private char next() {
    if (at == text.length()) throw wrong();
    return text.charAt(at++);
  }

  private void take(char expected) {
    if (!takes(expected)) throw wrong();
  }

  private boolean takes(char expected) {
    skipSpaces();
    if (at == text.length() || text.charAt(at) != expected) return false;
    at++;
    return true;
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("not JSON at character " + at);
  }
}
