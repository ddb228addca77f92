// What a reader takes away. Each row of the menu has the key of its string and what it does.
import type { Canvas } from "./canvas";
import type { Host } from "./host";
import { t } from "./words";

export interface Taken { readonly key: string; take(): void | Promise<void> }

export function takeaway(host: Host, canvas: Canvas): Taken[] {
  void canvas;
  return [{ key: "takeLink", take: async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      host.say(t("copied"));
    } catch { host.say(location.href); }
  } }];
}
