/** A command to be copied. */

export function Command({ text }: { text: string }) {
  return (
    <div class="command">
      <pre>
        <code>{text}</code>
      </pre>
      <button type="button" class="no-print" hidden data-copy>
        Copy
      </button>
    </div>
  );
}
