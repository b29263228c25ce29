"""A batch on a real Slurm: a controller and two nodes run on this machine, tools/slurm/submit
submits an array, and of its tasks one loses its worker to a kill, one is requeued by hand, one is
told that its time is up. What is merged must be, byte for byte, what one process writes.

Usage: slurm_test.py PATH/TO/oneup

Installs Slurm (section [slurm] of tools/packages.txt) where it is missing and may be installed;
exits with 77, and says why, where it cannot run. Listens on 127.0.0.1 alone, for half a minute;
called by root it runs everything as nobody, since nothing proves who speaks to these daemons.
Ends what it has started, and leaves nothing behind.
"""

import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77
SECONDS = 85  # of everything but the installation
TASKS = 4

EXPERIMENT = """name: "array"
title: "An array of tasks on a cluster of one machine"
scenario: "autonomous"
until: "2025-03-31"
factors { name: "fear" path: "huang.fear_usd_bn" values: [0, 20, 40, 60] }
design { grid {} }
replicates: 60
metrics: "deals"
metrics: "*.NVDA"
runs_per_shard: 10
traces { detail: DETAIL_DEALS every: 100 }
"""

# Stands for oneup in the tasks: notes who runs, and becomes it.
WORKER = """#!/bin/sh
echo "${{SLURM_ARRAY_TASK_ID:-none}} ${{SLURM_RESTART_COUNT:-0}} $$" >> {place}/starts
exec {place}/bin/oneup "$@"
"""

# docs: slurm.conf(5). Two slurmd on one host; no cgroups, no accounts, no mail; a task that is
# requeued starts again after cred_expire and a second.
CONFIGURATION = """ClusterName=oneup
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/none
CredType=cred/none
AuthInfo=cred_expire=5
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation={place}/state
SlurmdSpoolDir={place}/%n
SlurmctldPidFile={place}/slurmctld.pid
SlurmdPidFile={place}/slurmd.%n.pid
SlurmctldLogFile={place}/slurmctld.log
SlurmdLogFile={place}/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
ReturnToService=2
RequeueExit=75
KillWait=2
MaxArraySize=9
MailProg=/bin/true
NodeName=n1 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[1]} CPUs=2 RealMemory=1000
NodeName=n2 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[2]} CPUs=2 RealMemory=1000
PartitionName=batch Nodes=ALL Default=YES MaxTime=INFINITE
"""


def skip(why):
    print(f"skipped: {why}", flush=True)
    sys.exit(SKIPPED)


def slurm_is_there():
    return all(shutil.which(name) for name in ("slurmctld", "slurmd", "sbatch", "setpriv"))


def install():
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    if slurm_is_there():
        return
    done = subprocess.run(["bash", "-c", 'source "$1" && install_packages slurm', "bash",
                           ROOT / "tools/lib.sh"], check=False)
    if done.returncode != 0 or not slurm_is_there():
        skip("Slurm is not here, and was not installed")


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Cluster:
    """Slurm in a folder, as a user with no rights."""

    def __init__(self, place, program):
        self.place = place
        self.user = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        self.deadline = time.monotonic() + SECONDS
        self.daemons = []
        for name in ("state", "n1", "n2", "bin"):
            (place / name).mkdir()
        # That user need not be able to read the tree.
        shutil.copy(program, place / "bin/oneup")
        shutil.copytree(ROOT / "tools/slurm", place / "slurm")
        self.worker = place / "worker"
        self.worker.write_text(WORKER.format(place=place), encoding="utf-8")
        self.worker.chmod(0o755)
        self.experiment = place / "array.textproto"
        self.experiment.write_text(EXPERIMENT, encoding="utf-8")
        (place / "slurm.conf").write_text(CONFIGURATION.format(
            host=socket.gethostname().split(".")[0], place=place, user=self.user.pw_name,
            ports=free_ports(3)), encoding="utf-8")
        if os.geteuid() == 0:
            for path in (place, *place.rglob("*")):
                os.chown(path, self.user.pw_uid, self.user.pw_gid)
        self.environment = {
            **{name: text for name, text in os.environ.items()
               if not name.startswith(("SLURM_", "SBATCH_", "SQUEUE_", "SCONTROL_"))},
            "SLURM_CONF": str(place / "slurm.conf"), "HOME": str(place), "TMPDIR": str(place)}

    def command(self, words):
        words = [str(word) for word in words]
        # A daemon never outlives this test, however that ends.
        lower = ["setpriv", "--pdeathsig", "KILL"]
        if os.geteuid() == 0:
            lower += [f"--reuid={self.user.pw_uid}", f"--regid={self.user.pw_gid}",
                      "--clear-groups"]
        return lower + words

    def call(self, *words, code=0):
        done = subprocess.run(self.command(words), cwd=self.place, env=self.environment,
                              capture_output=True, text=True, check=False,
                              timeout=max(1, self.deadline - time.monotonic()))
        if done.returncode != code:
            raise AssertionError(f"{' '.join(map(str, words))}: exit {done.returncode}, not "
                                 f"{code}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def until(self, what, condition):
        while not (value := condition()):
            if time.monotonic() > self.deadline:
                raise AssertionError(f"after {SECONDS} s still waiting for {what}")
            time.sleep(0.1)
        return value

    def start(self):
        for words in (("slurmctld", "-D"), ("slurmd", "-D", "-N", "n1"),
                      ("slurmd", "-D", "-N", "n2")):
            self.daemons.append(subprocess.Popen(
                self.command(words), cwd=self.place, env=self.environment,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        limit = time.monotonic() + 15
        while True:
            for daemon in self.daemons:
                if daemon.poll() is not None:
                    skip(f"{daemon.args[-1]} of Slurm ends with {daemon.returncode} here:\n"
                         + self.logs())
            states = subprocess.run(self.command(["sinfo", "-h", "-N", "-o", "%T"]),
                                    env=self.environment, capture_output=True, text=True,
                                    check=False).stdout.split()
            if states == ["idle", "idle"]:
                return
            if time.monotonic() > limit:
                skip(f"the nodes of Slurm are not ready after 15 s ({states}):\n" + self.logs())
            time.sleep(0.1)

    def logs(self):
        text = ""
        for path in [*self.place.glob("*.log"), *self.place.glob("*.logs/*")]:
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[-25:]
            text += f"--- {path.name}\n" + "\n".join(line[:240] for line in lines) + "\n"
        return text

    def starts(self):
        """(task, restart, process) of each worker so far."""
        path = self.place / "starts"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [(int(task), int(restart), int(process)) for task, restart, process in
                (line.split() for line in lines) if task != "none"]

    def stop(self):
        if self.daemons and self.daemons[0].poll() is None:
            subprocess.run(self.command(["scancel", "--full", "--signal=KILL",
                                         f"--user={self.user.pw_name}"]), check=False, timeout=10,
                           env=self.environment, stderr=subprocess.DEVNULL)
            time.sleep(0.2)
        for daemon in reversed(self.daemons):
            daemon.terminate()
        for daemon in self.daemons:
            try:
                daemon.wait(timeout=5)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()


def a_wrong_call_submits_nothing(cluster, submit):
    bad = cluster.place / "bad.textproto"
    bad.write_text(EXPERIMENT.replace("deals", "dells"), encoding="utf-8")
    bad.chmod(0o644)
    assert "did you mean 'deals'" in cluster.call(submit, bad, "bad", "--program", cluster.worker,
                                                  code=65)
    assert "needs EXPERIMENT" in cluster.call(submit, code=64)
    # Never more tasks than the cluster's arrays may have, nor than there are shards.
    told = cluster.call(submit, cluster.experiment, "out", "--program", cluster.worker, "--print",
                        "--at-once", 3)
    assert "--array=0-8%3" in told and "24 shards" in told, told
    assert not cluster.call("squeue", "-h").strip()


def an_array_with_accidents_is_the_whole(cluster, submit):
    out = cluster.place / "out"
    told = cluster.call(submit, cluster.experiment, "out", "--tasks", TASKS, "--time", "5",
                        "--program", cluster.worker)
    job = next(line.split()[1] for line in told.splitlines() if line.startswith("array "))

    def has_begun(task):
        return (out / f"shards/{task:05}.binpb").exists()

    def process_of(task):
        return next(process for each, _, process in reversed(cluster.starts()) if each == task)

    accidents = {
        1: lambda: os.kill(process_of(1), signal.SIGKILL),
        2: lambda: cluster.call("scontrol", "requeue", f"{job}_2"),
        3: lambda: cluster.call("scancel", "--batch", "--signal=USR1", f"{job}_3"),
    }
    for task, accident in accidents.items():
        cluster.until(f"the first shard of task {task}", lambda task=task: has_begun(task))
        accident()
    # Meanwhile Slurm makes those three wait.
    cluster.call(cluster.place / "bin/oneup", "batch", cluster.experiment, "--out", "whole",
                 "--threads", 2, "--progress", "none")
    cluster.until("the end of all jobs", lambda: not cluster.call("squeue", "-h").strip())

    restarts = sorted((task, restart) for task, restart, _ in cluster.starts())
    assert restarts == [(0, 0), (1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (3, 1)], restarts
    logs = cluster.logs()
    assert "the worker was killed (out of memory?); back into the queue" in logs, logs
    assert "stopped by USR1; back into the queue" in logs, logs
    assert "240 runs of array, 0 failed" in logs, logs


def equal(one, other):
    """Every file but the database, whose pages may differ."""
    def files(folder):
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*")
                if path.is_file() and path.suffix != ".sqlite"}
    ours, theirs = files(one), files(other)
    assert {"runs.csv", "summary.csv", "manifest.json", "shards/00023.binpb",
            "traces/00000200.binpb.zst"} <= set(ours), sorted(ours)
    different = [name for name in sorted({*ours, *theirs}) if ours.get(name) != theirs.get(name)]
    assert not different, f"differ: {different}"


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    install()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="oneup-slurm-") as folder:
        cluster = Cluster(pathlib.Path(folder).resolve(), program)
        submit = cluster.place / "slurm/submit"
        try:
            cluster.start()
            a_wrong_call_submits_nothing(cluster, submit)
            an_array_with_accidents_is_the_whole(cluster, submit)
            equal(cluster.place / "out", cluster.place / "whole")
        except AssertionError:
            print(cluster.logs(), file=sys.stderr)
            raise
        finally:
            cluster.stop()
    print(f"an array of {TASKS} tasks with a killed worker, a requeued and a stopped task is the "
          f"whole batch; {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
