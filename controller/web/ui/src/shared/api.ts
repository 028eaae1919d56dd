// Clients of the controller's services, over gRPC-Web. One transport per machine address.
import { Code, ConnectError, createClient, type Client, type Interceptor } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';
import { ControlService } from '../../gen/sheave/v1/control_pb';
import { MachineService } from '../../gen/sheave/v1/machine_pb';
import { MemberService } from '../../gen/sheave/v1/member_pb';
import { ProgramService } from '../../gen/sheave/v1/program_pb';
import { SessionService } from '../../gen/sheave/v1/session_pb';
import { TelemetryService } from '../../gen/sheave/v1/telemetry_pb';
import { UsageService } from '../../gen/sheave/v1/usage_pb';
import { WatchService } from '../../gen/sheave/v1/watch_pb';

export interface Api {
  control: Client<typeof ControlService>;
  machine: Client<typeof MachineService>;
  member: Client<typeof MemberService>;
  program: Client<typeof ProgramService>;
  session: Client<typeof SessionService>;
  telemetry: Client<typeof TelemetryService>;
  usage: Client<typeof UsageService>;
  watch: Client<typeof WatchService>;
}

/** This machine, whatever its id. */
export const THIS_MACHINE = 'machines/-';

/** How long a unary call may take: far beyond a healthy answer, short enough that a person learns of a lost link. */
const CALL_TIMEOUT_MS = 5000;

/** @param baseUrl the gateway; "" is where this page came from. @param token an operator's credential, sent as a bearer token. */
export function createApi(baseUrl = '', token?: string): Api {
  const authorize: Interceptor = (next) => (request) => {
    if (token) request.header.set('authorization', `Bearer ${token}`);
    return next(request);
  };
  const transport = createGrpcWebTransport({
    baseUrl: baseUrl || globalThis.location.origin,
    interceptors: [authorize],
    defaultTimeoutMs: CALL_TIMEOUT_MS,
  });
  return {
    control: createClient(ControlService, transport),
    machine: createClient(MachineService, transport),
    member: createClient(MemberService, transport),
    program: createClient(ProgramService, transport),
    session: createClient(SessionService, transport),
    telemetry: createClient(TelemetryService, transport),
    usage: createClient(UsageService, transport),
    watch: createClient(WatchService, transport),
  };
}

/** True where the controller could not be reached or did not answer: the link's trouble, not the request's. */
export function isLinkTrouble(error: unknown): boolean {
  const code = ConnectError.from(error).code;
  return code === Code.Unavailable || code === Code.DeadlineExceeded || code === Code.Unknown || code === Code.Canceled;
}

/** The controller wants a credential that it knows. */
export function isUnknownCaller(error: unknown): boolean {
  return ConnectError.from(error).code === Code.Unauthenticated;
}

/** The controller does not have this method. */
export function isMissing(error: unknown): boolean {
  return ConnectError.from(error).code === Code.Unimplemented;
}

/** The controller does not have what was named. */
export function isUnknown(error: unknown): boolean {
  return ConnectError.from(error).code === Code.NotFound;
}

/** The controller's one sentence about what went wrong. */
export function errorText(error: unknown): string {
  return ConnectError.from(error).rawMessage;
}
