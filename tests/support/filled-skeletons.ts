/**
 * What tests write into the skeletons: the first step of the view service, and the rest of one server without
 * replication. That is not a solution of the lab, but it needs every part of a skeleton.
 */

/** Code by a text of the line that it replaces. */
type Filling = Readonly<Record<string, string>>;

const PYTHON: Filling = {
  'NotWritten("view.ping': `
        with self.lock:
            if self.view["viewnum"] == 0:
                self.view = {"viewnum": 1, "primary": server, "backup": ""}
            return {"view": self.view}`,
  'TODO: the store': `
        self.store, self.viewnum = {}, 0`,
  'NotWritten("kv.get': `
        return {"value": self.store.get(key, "")}`,
  'NotWritten("kv.update': `
        self.store[key] = (self.store.get(key, "") if op == "append" else "") + value
        return {}`,
  'NotWritten("the ping': `
        ping = {"server": self.me, "viewnum": self.viewnum}
        self.viewnum = call(self.view_service, "view.ping", ping, limit_s=1)["view"]["viewnum"]`,
  'NotWritten("get': `
        primary = call(self.view_service, "view.get", {})["view"]["primary"]
        return call(primary, "kv.get", {"key": key}, limit_s=1)["value"]`,
  'NotWritten(f"{op}': `
        if op == "puthash":
            return "before"
        primary = call(self.view_service, "view.get", {})["view"]["primary"]
        call(primary, "kv.update", {"op": op, "key": key, "value": value, "client": "1", "sequence": 1}, limit_s=1)`,
};

const GO: Filling = {
  'notWritten("view.ping': `
	vs.mu.Lock()
	defer vs.mu.Unlock()
	if vs.view.Viewnum == 0 {
		vs.view = View{1, params.Server, ""}
	}
	return ViewResult{vs.view}, nil`,
  'TODO: the store': `
	store   map[string]string
	viewnum int`,
  'notWritten("kv.get': `
	server.mu.Lock()
	defer server.mu.Unlock()
	return GetResult{server.store[params.Key]}, nil`,
  'notWritten("kv.update': `
	server.mu.Lock()
	defer server.mu.Unlock()
	if server.store == nil {
		server.store = map[string]string{}
	}
	if params.Op == "append" {
		params.Value = server.store[params.Key] + params.Value
	}
	server.store[params.Key] = params.Value
	return UpdateResult{}, nil`,
  'notWritten("the ping': `
	var result ViewResult
	err := call(server.viewService, "view.ping", PingParams{server.me, server.viewnum}, &result, pingInterval)
	server.viewnum = result.View.Viewnum
	return err`,
  'notWritten("get': `
	var view ViewResult
	if err := call(clerk.viewService, "view.get", struct{}{}, &view, 0); err != nil {
		return "", err
	}
	var result GetResult
	err := call(view.View.Primary, "kv.get", GetParams{key}, &result, pingInterval*10)
	return result.Value, err`,
  'notWritten(op': `
	if op == "puthash" {
		return "before", nil
	}
	var view ViewResult
	if err := call(clerk.viewService, "view.get", struct{}{}, &view, 0); err != nil {
		return "", err
	}
	params := UpdateParams{op, key, value, "1", 1}
	return "", call(view.View.Primary, "kv.update", params, &UpdateResult{}, pingInterval*10)`,
};

const TYPESCRIPT: Filling = {
  "NotWritten('view.ping": `
    if (this.view.viewnum === 0) this.view = { viewnum: 1, primary: server, backup: '' };
    return { view: this.view };`,
  'TODO: the store': `
  store = new Map<string, string>();
  viewnum = 0;`,
  "NotWritten('kv.get": `
    return { value: this.store.get(key) ?? '' };`,
  "NotWritten('kv.update": `
    this.store.set(key, (op === 'append' ? (this.store.get(key) ?? '') : '') + value);
    return {};`,
  "NotWritten('the ping": `
    const ping = { server: this.me, viewnum: this.viewnum };
    const { view } = await call(this.viewService, 'view.ping', ping, 1000);
    this.viewnum = view.viewnum;`,
  "NotWritten('get": `
    const { view } = await call(this.viewService, 'view.get', {});
    const { value } = await call(view.primary, 'kv.get', { key }, 1000);
    return value;`,
  'NotWritten(`${op}': `
    if (op === 'puthash') return 'before';
    const { view } = await call(this.viewService, 'view.get', {});
    const update: Update = { op, key, value, client: '1', sequence: 1 };
    await call(view.primary, 'kv.update', update, 1000);`,
};

const JAVA: Filling = {
  'NotWritten("view.ping': `
      if (view.viewnum() == 0) view = new View(1, server, "");
      return view.toJson();`,
  'TODO: the store': `
    private final Map<String, String> store = new java.util.concurrent.ConcurrentHashMap<>();
    private volatile long viewnum = 0;`,
  'NotWritten("kv.get': `
      return Map.of("value", store.getOrDefault(key, ""));`,
  'NotWritten("kv.update': `
      store.put(key, (op.equals("append") ? store.getOrDefault(key, "") : "") + value);
      return Map.of();`,
  'NotWritten("the ping': `
      Map<String, Object> ping = Map.of("server", me, "viewnum", viewnum);
      Map<String, Object> view = Wire.object(Wire.call(viewService, "view.ping", ping, 1000).get("view"));
      viewnum = (Long) view.get("viewnum");`,
  'NotWritten("get': `
      Map<String, Object> view = Wire.object(Wire.call(viewService, "view.get", Map.of(), 0).get("view"));
      return (String) Wire.call((String) view.get("primary"), "kv.get", Map.of("key", key), 1000).get("value");`,
  'NotWritten(op': `
      if (op.equals("puthash")) return "before";
      Map<String, Object> view = Wire.object(Wire.call(viewService, "view.get", Map.of(), 0).get("view"));
      Wire.call(
          (String) view.get("primary"), "kv.update",
          Map.of("op", op, "key", key, "value", value, "client", "1", "sequence", 1), 1000);
      return "";`,
};

const RUST: Filling = {
  'not_written("view.ping': `
        if self.view.viewnum == 0 {
            self.view = View { viewnum: 1, primary: server.into(), backup: String::new() };
        }
        Ok(self.view.to_json())`,
  'TODO: in a Mutex': `
    store: Mutex<std::collections::HashMap<String, String>>,
    viewnum: Mutex<u64>,`,
  'Server { view_service: view_service.into()': `
            let server = Server {
                view_service: view_service.into(),
                me: me.into(),
                store: Default::default(),
                viewnum: Default::default(),
            };`,
  'not_written("kv.get': `
        let store = self.store.lock().unwrap();
        let value = store.get(key).map_or("", |value| value.as_str());
        Ok(object([("value", Json::from(value))]))`,
  'not_written("kv.update': `
        let mut store = self.store.lock().unwrap();
        let entry = store.entry(key.into()).or_default();
        if op == "put" {
            entry.clear();
        }
        entry.push_str(value);
        Ok(object([]))`,
  'not_written("the ping': `
        let mut viewnum = self.viewnum.lock().unwrap();
        let ping = object([("server", Json::from(self.me.as_str())), ("viewnum", Json::from(*viewnum))]);
        let reply = wire::call(&self.view_service, "view.ping", ping, Some(wire::ping_interval()))?;
        *viewnum = reply.get("view").unwrap().count("viewnum")?;
        Ok(())`,
  'not_written("get': `
        let reply = wire::call(&self.view_service, "view.get", object([]), None)?;
        let primary = reply.get("view").unwrap().text("primary")?.to_string();
        let params = object([("key", Json::from(key))]);
        let reply = wire::call(&primary, "kv.get", params, Some(std::time::Duration::from_secs(1)))?;
        Ok(reply.text("value")?.into())`,
  'not_written(&format!("{op}': `
        if op == "puthash" {
            return Ok("before".into());
        }
        let reply = wire::call(&self.view_service, "view.get", object([]), None)?;
        let primary = reply.get("view").unwrap().text("primary")?.to_string();
        let params = object([
            ("op", Json::from(op)),
            ("key", Json::from(key)),
            ("value", Json::from(value)),
            ("client", Json::from("1")),
            ("sequence", Json::from(1u64)),
        ]);
        wire::call(&primary, "kv.update", params, Some(std::time::Duration::from_secs(1)))?;
        Ok(String::new())`,
};

/** By the name of the language. */
export const FILLINGS: Readonly<Record<string, Filling>> = {
  python: PYTHON,
  go: GO,
  typescript: TYPESCRIPT,
  java: JAVA,
  rust: RUST,
};

/** A program in which each line with one of these texts is replaced; throws if a text is not in exactly one line. */
export function filled(program: string, filling: Filling): string {
  return Object.entries(filling).reduce((text, [mark, code]) => {
    const lines = text.split('\n');
    const [at = -1, ...more] = [...lines.keys()].filter((n) => lines[n]?.includes(mark));
    if (at === -1 || more.length > 0) throw new Error(`${mark} is not in exactly one line`);
    return lines.with(at, code.replace(/^\n/, '')).join('\n');
  }, program);
}
