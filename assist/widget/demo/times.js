// Times of a chat. The law: they are data; no clock is read here, and a chat's own zone is kept.

const ZONE = /(?:Z|[+-]\d\d:\d\d)$/;

/** Return `HH:MM` as the chat's own clock shows it. */
export function clock(at) {
  return String(at).slice(11, 16);
}

/** Return the seconds from one time to another. */
export function seconds(from, to) {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}

/** Return the time so many seconds after `at`, in the zone of `at`. */
export function later(at, by) {
  const zone = ZONE.exec(at)?.[0] ?? "Z";
  const [hours, minutes] = zone === "Z" ? [0, 0] : zone.slice(1).split(":").map(Number);
  const shift = (hours * 60 + minutes) * (zone[0] === "-" ? -60 : 60);
  return new Date(Date.parse(at) + (by + shift) * 1000).toISOString().slice(0, 19) + zone;
}

/** Return a long pause as the key of its words and their values, or nothing for a short one. */
export function pause(from, to) {
  const minutes = Math.round(seconds(from, to) / 60);
  if (minutes < 3) return null;
  return minutes < 90 ? ["minutes", { count: minutes }] : ["hours", { count: Math.round(minutes / 60) }];
}
