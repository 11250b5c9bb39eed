/**
 * ECS events as endpoint, network and cloud integrations send them, made from a seed: the same bytes every time.
 *
 * Categories: process 45 %, file 15 %, network 15 %, registry 8 %, library 7 %, cloud API calls 6 %, sign-ins 4 %. Hosts are
 * Windows (60 %), Linux (30 %) and macOS (10 %), 200 of them. Names of processes, parents and files are drawn from lists of
 * what such hosts run, the first of a list most often (by Zipf's law); command lines have paths and numbers, so that
 * most are seen once. One event in a hundred does what a public rule looks for; few of the others happen to.
 */

/** A pseudo-random number generator (mulberry32): from 0 to below 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

type Json = Record<string, unknown>;

/** The programs of Windows, the most frequent first: name, folder, signer, what starts it. */
const WINDOWS_PROGRAMS = String.raw`
svchost.exe|C:\Windows\System32|Microsoft Windows|services.exe
chrome.exe|C:\Program Files\Google\Chrome\Application|Google LLC|explorer.exe
conhost.exe|C:\Windows\System32|Microsoft Windows|cmd.exe
RuntimeBroker.exe|C:\Windows\System32|Microsoft Windows|svchost.exe
backgroundTaskHost.exe|C:\Windows\System32|Microsoft Windows|svchost.exe
SearchProtocolHost.exe|C:\Windows\System32|Microsoft Windows|SearchIndexer.exe
WmiPrvSE.exe|C:\Windows\System32\wbem|Microsoft Windows|svchost.exe
dllhost.exe|C:\Windows\System32|Microsoft Windows|svchost.exe
MsMpEng.exe|C:\ProgramData\Microsoft\Windows Defender\Platform\4.18|Microsoft Windows Publisher|services.exe
cmd.exe|C:\Windows\System32|Microsoft Windows|explorer.exe
powershell.exe|C:\Windows\System32\WindowsPowerShell\v1.0|Microsoft Windows|explorer.exe
msedge.exe|C:\Program Files (x86)\Microsoft\Edge\Application|Microsoft Corporation|explorer.exe
ms-teams.exe|C:\Program Files\WindowsApps\MSTeams|Microsoft Corporation|explorer.exe
OneDrive.exe|C:\Program Files\Microsoft OneDrive|Microsoft Corporation|explorer.exe
explorer.exe|C:\Windows|Microsoft Windows|userinit.exe
taskhostw.exe|C:\Windows\System32|Microsoft Windows|svchost.exe
sppsvc.exe|C:\Windows\System32|Microsoft Windows|services.exe
OUTLOOK.EXE|C:\Program Files\Microsoft Office\root\Office16|Microsoft Corporation|explorer.exe
WINWORD.EXE|C:\Program Files\Microsoft Office\root\Office16|Microsoft Corporation|explorer.exe
EXCEL.EXE|C:\Program Files\Microsoft Office\root\Office16|Microsoft Corporation|explorer.exe
git.exe|C:\Program Files\Git\cmd|Johannes Schindelin|cmd.exe
node.exe|C:\Program Files\nodejs|OpenJS Foundation|cmd.exe
python.exe|C:\Program Files\Python312|Python Software Foundation|cmd.exe
Code.exe|C:\Program Files\Microsoft VS Code|Microsoft Corporation|explorer.exe
rundll32.exe|C:\Windows\System32|Microsoft Windows|explorer.exe
msiexec.exe|C:\Windows\System32|Microsoft Windows|services.exe
reg.exe|C:\Windows\System32|Microsoft Windows|cmd.exe
sc.exe|C:\Windows\System32|Microsoft Windows|cmd.exe
schtasks.exe|C:\Windows\System32|Microsoft Windows|cmd.exe
regsvr32.exe|C:\Windows\System32|Microsoft Windows|msiexec.exe`
  .trim()
  .split('\n')
  .map((line) => line.split('|'));
const WINDOWS = WINDOWS_PROGRAMS.map(([name]) => name);
const SIGNED = new Map(WINDOWS_PROGRAMS.map(([name, folder, signer, parent]) => [name, { folder, signer, parent }]));
const LINUX =
  `systemd sh bash sshd cron dash sed grep awk cat ps ls id python3 curl wget git node java nginx containerd-shim runc
  dockerd kubelet postgres find sudo systemctl apt-get chmod chown tar gzip rsync nc`.split(/\s+/);
const MACOS = `launchd mdworker_shared trustd cfprefsd bash zsh Safari softwareupdated osascript python3 curl plutil
  defaults xpcproxy git node ruby security`.split(/\s+/);
/** What starts the others. */
const PARENTS: Readonly<Record<Exclude<Os, 'windows'>, readonly string[]>> = {
  linux: ['systemd', 'bash', 'sshd'],
  macos: ['launchd', 'zsh'],
};
const DLLS = `ntdll.dll kernel32.dll user32.dll combase.dll amsi.dll clr.dll wininet.dll taskschd.dll vaultcli.dll
  dbghelp.dll samlib.dll`.split(/\s+/);
const CLOUD =
  `DescribeInstances GetObject AssumeRole ListBuckets DescribeTags GetCallerIdentity PutObject DescribeVolumes
  CreateTags GetParameter StartInstances CreateAccessKey DeleteTrail StopLogging`.split(/\s+/);
const EXTENSIONS = 'log tmp txt json dll exe ps1 lnk docx xlsx png js so conf'.split(' ');

export class EcsEvents {
  readonly #random: () => number;
  #time = Date.UTC(2026, 0, 1);

  constructor(seed = 1) {
    this.#random = randomFrom(seed);
  }

  next(): Json {
    this.#time += Math.floor(this.#random() * 4);
    if (this.#random() < 0.01) return this.#caught();
    const kind = this.#random();
    if (kind < 0.45) return this.#process();
    if (kind < 0.6) return this.#file();
    if (kind < 0.75) return this.#network();
    if (kind < 0.83) return this.#registry();
    if (kind < 0.9) return this.#library();
    return kind < 0.96 ? this.#cloud() : this.#signIn();
  }

  /** What public rules look for: the event logs of Windows cleared. */
  #caught(): Json {
    const args = ['wevtutil.exe', 'cl', 'Security'];
    return this.#processEvent('windows', 'wevtutil.exe', 'cmd.exe', args, true);
  }

  #process(): Json {
    const os = this.#os();
    const name = this.#drawn(namesOf(os));
    const parent = os === 'windows' ? (SIGNED.get(name)?.parent ?? 'services.exe') : this.#drawn(PARENTS[os]);
    const args = [name, '--run', this.#path(os), String(this.#whole(100_000))];
    return this.#processEvent(os, name, parent, args, this.#random() < 0.6);
  }

  #processEvent(os: Os, name: string, parent: string, args: readonly string[], isStart: boolean): Json {
    return {
      ...this.#common(os, 'process', isStart ? 'start' : 'end', [isStart ? 'start' : 'end'], 'endpoint.events.process'),
      process: {
        ...this.#processOf(os, name),
        args,
        args_count: args.length,
        command_line: args.join(' '),
        parent: { ...this.#processOf(os, parent), args: [parent], args_count: 1, command_line: parent },
        hash: { sha256: this.#hex(64) },
      },
    };
  }

  #file(): Json {
    const os = this.#os();
    const path = this.#path(os);
    const name = path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
    const action = this.#drawn(['creation', 'modification', 'deletion', 'rename', 'open']);
    const types: Record<string, string> = { creation: 'creation', deletion: 'deletion' };
    return {
      ...this.#common(os, 'file', action, [types[action] ?? 'change'], 'endpoint.events.file'),
      process: this.#processOf(os, this.#drawn(namesOf(os))),
      file: { path, name, extension: name.slice(name.lastIndexOf('.') + 1), size: this.#whole(1_000_000) },
    };
  }

  #network(): Json {
    const os = this.#os();
    return {
      ...this.#common(
        os,
        'network',
        this.#drawn(['connection_attempted', 'disconnect_received', 'lookup_requested']),
        ['start'],
        'endpoint.events.network',
      ),
      process: this.#processOf(os, this.#drawn(namesOf(os))),
      source: { ip: this.#address('10'), port: 32768 + this.#whole(28_000) },
      destination: {
        ip: this.#address(this.#random() < 0.5 ? '10' : '52'),
        port: this.#drawn([443, 80, 53, 22, 445, 8443, 8080]),
      },
      network: { transport: 'tcp', direction: this.#random() < 0.7 ? 'egress' : 'ingress', type: 'ipv4' },
      dns: { question: { name: `host${this.#whole(5000)}.example.com`, type: 'A' } },
    };
  }

  #registry(): Json {
    const value = this.#drawn(['Start', 'ImagePath', 'Enabled', 'DisplayName', 'LastUsed', 'State']);
    const key = `SOFTWARE\\Vendor${this.#whole(200)}\\Product\\Settings`;
    return {
      ...this.#common('windows', 'registry', 'modification', ['change'], 'endpoint.events.registry'),
      process: this.#processOf('windows', this.#drawn(WINDOWS)),
      registry: {
        hive: 'HKLM',
        key,
        value,
        path: `HKLM\\${key}\\${value}`,
        data: { type: 'SZ', strings: [this.#hex(16)] },
      },
    };
  }

  #library(): Json {
    const name = this.#drawn(DLLS);
    return {
      ...this.#common('windows', 'library', 'load', ['start'], 'endpoint.events.library'),
      process: this.#processOf('windows', this.#drawn(WINDOWS)),
      dll: {
        name,
        path: `C:\\Windows\\System32\\${name}`,
        code_signature: { exists: true, trusted: true, status: 'trusted', subject_name: 'Microsoft Windows' },
        hash: { sha256: this.#hex(64) },
      },
    };
  }

  #cloud(): Json {
    const action = this.#drawn(CLOUD);
    return {
      '@timestamp': new Date(this.#time).toISOString(),
      event: {
        kind: 'event',
        category: ['web'],
        type: ['info'],
        action,
        provider: `${this.#drawn(['ec2', 's3', 'sts', 'iam', 'ssm', 'cloudtrail'])}.amazonaws.com`,
        dataset: 'aws.cloudtrail',
        module: 'aws',
        outcome: this.#random() < 0.95 ? 'success' : 'failure',
        id: this.#hex(32),
      },
      data_stream: { type: 'logs', dataset: 'aws.cloudtrail', namespace: 'default' },
      cloud: { provider: 'aws', region: 'eu-central-1', account: { id: '111122223333' } },
      user: { name: `role-${this.#whole(50)}`, id: `AIDA${this.#hex(16).toUpperCase()}` },
      source: { ip: this.#address('52'), as: { organization: { name: 'Example Networks' } } },
      user_agent: { original: `aws-sdk-go/1.${this.#whole(60)}.0`, name: 'aws-sdk-go' },
      aws: {
        cloudtrail: {
          event_type: 'AwsApiCall',
          user_identity: {
            type: this.#random() < 0.8 ? 'AssumedRole' : 'IAMUser',
            arn: `arn:aws:iam::111122223333:role/r${this.#whole(50)}`,
          },
          request_parameters: `{instanceId=i-${this.#hex(17)}}`,
        },
      },
    };
  }

  #signIn(): Json {
    return {
      ...this.#common('windows', 'authentication', 'logged-in', ['start'], 'system.security'),
      user: { name: `user${this.#whole(300)}`, domain: 'CORP', id: `S-1-5-21-${this.#whole(1_000_000)}` },
      source: { ip: this.#address('10') },
      winlog: {
        channel: 'Security',
        event_id: '4624',
        logon: { type: this.#drawn(['Network', 'Interactive', 'Service', 'RemoteInteractive']), id: '0x3e7' },
        event_data: { LogonProcessName: 'Kerberos', AuthenticationPackageName: 'Kerberos', ElevatedToken: 'No' },
      },
    };
  }

  #common(os: Os, category: string, action: string, type: string[], dataset: string): Json {
    return {
      '@timestamp': new Date(this.#time).toISOString(),
      agent: { id: this.#hex(32), type: 'endpoint', version: '9.2.0' },
      data_stream: { type: 'logs', dataset, namespace: 'default' },
      ecs: { version: '9.2.0' },
      event: {
        kind: 'event',
        category: [category],
        type,
        action,
        dataset,
        module: 'endpoint',
        id: this.#hex(22),
        outcome: 'success',
      },
      host: this.#hostOf(os),
      user: {
        name: `user${this.#whole(300)}`,
        domain: os === 'windows' ? 'CORP' : 'local',
        id: os === 'windows' ? `S-1-5-21-${this.#whole(1_000_000)}` : String(this.#whole(2000)),
      },
    };
  }

  #hostOf(os: Os): Json {
    const number = this.#whole(200);
    return {
      id: `host-${number}`,
      name: `${os}-${number}`,
      hostname: `${os}-${number}`,
      ip: [`10.0.${number % 256}.${os.length}`],
      os: { type: os, family: os, name: os, version: '10.0' },
    };
  }

  #processOf(os: Os, name: string): Json {
    const { folder, signer } = SIGNED.get(name) ?? { folder: 'C:\\Windows\\System32', signer: 'Microsoft Windows' };
    return {
      pid: this.#whole(60_000),
      entity_id: this.#hex(24),
      name,
      executable: os === 'windows' ? `${folder}\\${name}` : `/usr/bin/${name}`,
      ...(os !== 'linux' && {
        code_signature: {
          exists: true,
          trusted: true,
          status: 'trusted',
          subject_name: os === 'windows' ? signer : 'Software Signing',
        },
      }),
      ...(os === 'windows' && { pe: { original_file_name: name }, Ext: { token: { integrity_level_name: 'medium' } } }),
    };
  }

  #path(os: Os): string {
    const name = `f${this.#whole(20_000)}.${this.#drawn(EXTENSIONS)}`;
    switch (os) {
      case 'windows':
        return `C:\\Users\\user${this.#whole(300)}\\${this.#drawn(['AppData\\Local\\Temp', 'Documents', 'Downloads', 'AppData\\Roaming'])}\\${name}`;
      case 'linux':
        return `${this.#drawn(['/var/log', '/tmp', `/home/user${this.#whole(300)}`, '/usr/lib', '/etc'])}/${name}`;
      case 'macos':
        return `/Users/user${this.#whole(300)}/${this.#drawn(['Library/Caches', 'Documents', 'Downloads'])}/${name}`;
    }
  }

  #os(): Os {
    const one = this.#random();
    if (one < 0.6) return 'windows';
    return one < 0.9 ? 'linux' : 'macos';
  }

  /** The first most often. */
  #drawn<T>(list: readonly T[]): T {
    return list[Math.min(list.length - 1, Math.floor(list.length ** this.#random()) - 1)];
  }

  #whole(below: number): number {
    return Math.floor(this.#random() * below);
  }

  #hex(length: number): string {
    let text = '';
    while (text.length < length)
      text += Math.floor(this.#random() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, '0');
    return text.slice(0, length);
  }

  #address(first: string): string {
    return `${first}.${this.#whole(256)}.${this.#whole(256)}.${1 + this.#whole(254)}`;
  }
}

type Os = 'windows' | 'linux' | 'macos';

function namesOf(os: Os): readonly string[] {
  if (os === 'windows') return WINDOWS;
  return os === 'linux' ? LINUX : MACOS;
}
