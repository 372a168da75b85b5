import type { Bridge, CallError } from '../../../shared/bridge.ts';
import type {
  DesktopChange,
  DesktopPreferences,
  DesktopView,
  Json,
  SaveOutcome,
  SettingsDocument,
  SettingsView,
} from '../../../shared/settings.ts';
import { AccountDraft } from './account-draft.svelte.ts';
import { accountsOf, nameOf, type Path, valueAt, withValue } from './document.ts';
import { Draft, type Saved, type Told } from './draft.svelte.ts';
import { accountPlaces, checkAccount, checkDesktop, PLACES, type Place } from './places.ts';

const NOTHING: SettingsDocument = {};
const failed = ({ sentence }: CallError): Saved => ({
  saved: false,
  troubles: [{ field: null, line: null, sentence }],
});

/** The settings behind the page: what the host says, and every form over it. Lives as long as the view is open. */
export class SettingsPage {
  readonly #bridge: Bridge;
  #view = $state.raw<SettingsView | null>(null);
  #refusal = $state.raw<string | null>(null);
  #desktop = $state.raw<DesktopView | null>(null);
  #text = $state.raw<string | null>(null);
  #accounts = $state.raw<ReadonlyMap<string, Draft<Record<string, string>>>>(new Map());

  readonly keys: Draft<Record<string, string>>;
  readonly network: Draft<Record<string, string>>;
  readonly data: Draft<Record<string, string>>;
  readonly quiet: Draft<Record<string, Json>>;
  readonly language: Draft<Record<string, Json>>;
  readonly native: Draft<Record<string, Json>>;
  readonly life: Draft<Record<string, Json>>;
  readonly advanced: Draft<{ readonly text: string }>;
  readonly incoming: Draft<{ readonly text: string }>;
  readonly adding = new AccountDraft();
  /** Another token that is being typed, by account. */
  readonly tokens = new AccountDraft();

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    this.keys = this.#texts(() => PLACES.keys.places, PLACES.keys.check);
    this.network = this.#texts(() => PLACES.network.places, PLACES.network.check);
    this.data = this.#texts(() => PLACES.data.places, PLACES.data.check);
    this.quiet = this.#placed(() => PLACES.quiet.places, PLACES.quiet.check);
    this.language = this.#placed(() => PLACES.language.places, PLACES.language.check);
    this.native = this.#preferences(['notifications', 'sound', 'volume']);
    this.life = this.#preferences(['startAtLogin', 'closeToTray', 'trayFilter', 'updates']);
    this.advanced = this.#yaml(() => this.#text ?? '');
    this.incoming = this.#yaml(() => '');
  }

  /** `null` until the host has answered. */
  get view(): SettingsView | null {
    return this.#view;
  }
  /** Why the settings cannot be seen; `null` while they can. */
  get refusal(): string | null {
    return this.#refusal;
  }
  get desktop(): DesktopView | null {
    return this.#desktop;
  }
  /** The settings as YAML; `null` until they were asked for. */
  get text(): string | null {
    return this.#text;
  }
  get editable(): boolean {
    return this.#view?.editable ?? false;
  }

  /** Sections with something that is not saved. */
  get unsaved(): ReadonlySet<string> {
    const dirty: readonly (readonly [string, boolean])[] = [
      [
        'accounts',
        this.adding.dirty || this.tokens.token !== '' || [...this.#accounts.values()].some((one) => one.dirty),
      ],
      ['keys', this.keys.dirty],
      ['notifications', this.quiet.dirty || this.native.dirty || this.language.dirty],
      ['network', this.network.dirty],
      ['data', this.data.dirty || this.incoming.dirty],
      ['desktop', this.life.dirty],
      ['advanced', this.advanced.dirty],
    ];
    return new Set(dirty.filter(([, is]) => is).map(([name]) => name));
  }

  /** Asks the host anew; what was typed stays. */
  async load(): Promise<void> {
    const [settings, desktop] = await Promise.all([
      this.#bridge.call('settings', {}),
      this.#bridge.call('desktop', {}),
    ]);
    this.#refusal = settings.ok ? null : settings.error.sentence;
    if (settings.ok) this.#take(settings.value);
    if (desktop.ok) this.#desktop = desktop.value;
  }

  /** The settings as text; the refusal is a sentence. */
  async loadText(): Promise<string | null> {
    const result = await this.#bridge.call('settingsText', {});
    if (result.ok) this.#text = result.value.text;
    return result.ok ? null : result.error.sentence;
  }

  /** The form of one account. Ask for it again after the accounts have changed. */
  account(id: string): Draft<Record<string, string>> | undefined {
    return this.#accounts.get(id);
  }

  #take(view: SettingsView): void {
    this.#view = view;
    // Forms follow the accounts: one that goes takes what was typed along, one that stays keeps it.
    this.#accounts = new Map(
      accountsOf(view.document).map(({ id }) => [
        id,
        this.#accounts.get(id) ?? this.#texts((document) => accountPlaces(document, id), checkAccount),
      ]),
    );
  }

  #texts(
    places: (document: SettingsDocument) => Readonly<Record<string, Place>>,
    check: (values: Record<string, string>) => Record<string, string | null>,
  ): Draft<Record<string, string>> {
    return this.#placed(places, check);
  }

  /** A form over places of the settings. Only what was changed is written, over the settings as they are by then. */
  #placed<T extends Record<string, Json>>(
    places: (document: SettingsDocument) => Readonly<Record<string, Place>>,
    check: (values: T) => { readonly [K in keyof T]?: string | null },
  ): Draft<T> {
    const read = (document: SettingsDocument): T =>
      Object.fromEntries(
        Object.entries(places(document)).map(([name, { path, empty }]) => {
          const value = valueAt(document, path) ?? empty;
          return [name, typeof empty === 'string' && typeof value !== 'string' ? JSON.stringify(value) : value];
        }),
      ) as T;
    return new Draft<T>({
      base: () => read(this.#view?.document ?? NOTHING),
      check,
      save: async (changed) => {
        const now = await this.#bridge.call('settings', {});
        if (!now.ok) return failed(now.error);
        const at = places(now.value.document);
        const document = Object.entries(changed).reduce((whole, [name, value]) => {
          const place = at[name];
          const empty = JSON.stringify(value) === JSON.stringify(place?.empty);
          return place === undefined ? whole : withValue(whole, place.path, empty ? undefined : (value as Json));
        }, now.value.document);
        const result = await this.#bridge.call('saveSettings', { document });
        return result.ok ? this.#outcome(result.value, at) : failed(result.error);
      },
    });
  }

  async #outcome(outcome: SaveOutcome, at: Readonly<Record<string, { readonly path: Path }>> = {}): Promise<Saved> {
    if (outcome.saved) {
      await this.load();
      if (this.#text !== null) await this.loadText();
      return { saved: true, note: outcome.note ?? null };
    }
    const troubles = outcome.troubles.map(({ key, line, sentence }): Told => {
      const field = Object.entries(at).find(([, { path }]) => key !== '' && isAt(key, nameOf(path)))?.[0] ?? null;
      return { field, line, sentence: field === null && key !== '' ? `${key}: ${sentence}` : sentence };
    });
    return { saved: false, troubles };
  }

  #preferences(names: readonly (keyof DesktopPreferences)[]): Draft<Record<string, Json>> {
    return new Draft<Record<string, Json>>({
      base: () => {
        const preferences = this.#desktop?.preferences;
        return preferences === undefined ? {} : Object.fromEntries(names.map((name) => [name, preferences[name]]));
      },
      check: checkDesktop,
      save: async (changed) => {
        const result = await this.#bridge.call('setDesktop', { preferences: changed as DesktopChange });
        if (!result.ok) return failed(result.error);
        this.#desktop = result.value;
        return { saved: true, note: null };
      },
    });
  }

  #yaml(base: () => string): Draft<{ readonly text: string }> {
    return new Draft<{ readonly text: string }>({
      base: () => ({ text: base() }),
      check: () => ({}),
      save: async ({ text = '' }) => {
        const result = await this.#bridge.call('saveSettingsText', { text });
        return result.ok ? this.#outcome(result.value) : failed(result.error);
      },
    });
  }
}

/** A trouble at a place, or within what stands there. */
const isAt = (key: string, place: string): boolean =>
  key === place || key.startsWith(`${place}.`) || key.startsWith(`${place}[`);
