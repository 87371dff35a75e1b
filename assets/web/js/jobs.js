// Work that a worker does off the main thread, each job answered in its time.

export class Jobs {
  /** @param script of the worker, which is started with the first job, and again after it fell over */
  constructor(script) {
    this.script = script;
    this.worker = null;
    this.jobs = new Map();
    this.next = 0;
  }

  #start() {
    this.worker = new Worker(this.script);
    this.worker.onmessage = ({ data }) => {
      const job = this.jobs.get(data.id);
      this.jobs.delete(data.id);
      if (data.error) job.reject(new Error(data.error));
      else job.resolve(data);
    };
    this.worker.onerror = (e) => {
      this.worker.terminate();
      this.worker = null;
      for (const job of this.jobs.values()) job.reject(new Error(e.message ?? 'worker'));
      this.jobs.clear();
    };
  }

  /** Hands over a job, whose `bytes` go with it. */
  run(job) {
    if (!this.worker) this.#start();
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.jobs.set(id, { resolve, reject });
      this.worker.postMessage({ id, ...job }, [job.bytes.buffer]);
    });
  }
}
