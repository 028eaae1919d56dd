#include "controller/core/faults.hpp"

namespace sheave {

FaultText fault_text(FaultCode code) noexcept {
  switch (code) {
    case FaultCode::kNone:
      return {"NONE", "Nothing is wrong.", "Nothing to do."};
    case FaultCode::kLoadCapped:
      return {"LOAD_CAPPED", "The load is held at the machine's present limit.", "It returns by itself when the limit lifts."};
    case FaultCode::kSlewLimited:
      return {"SLEW_LIMITED", "The load changes more slowly than the program asked.", "Nothing to do."};
    case FaultCode::kDriveLimited:
      return {"DRIVE_LIMITED", "The drive limits its force or speed.", "Let the motor cool; if it stays, have the drive checked."};
    case FaultCode::kLinkLossy:
      return {"LINK_LOSSY", "Answers of the drive are being missed.", "Check the cable and the network to the drive."};
    case FaultCode::kLeaseLapsed:
      return {"LEASE_LAPSED", "The screen or app that steers is silent, so nothing is raised.",
              "Touch the screen, or bring the app to the front."};
    case FaultCode::kMainSlow:
      return {"MAIN_SLOW", "The controller is slow, so nothing is raised.", "Wait; if it stays, restart the controller."};
    case FaultCode::kPluginRequestRejected:
      return {"PLUGIN_REQUEST_REJECTED", "A plugin asked for something that is not a tension.",
              "Use another program and tell the plugin's author."};
    case FaultCode::kDriveWarm:
      return {"DRIVE_WARM", "The drive or motor is warm, so nothing is raised.", "Rest for a few minutes."};
    case FaultCode::kStorageDegraded:
      return {"STORAGE_DEGRADED", "Sets cannot be stored at the moment.", "Free space on the disk of the controller."};
    case FaultCode::kNoRealtime:
      return {"NO_REALTIME", "No real time: the load is capped.", "Give sheaved LimitRTPRIO=80, outside of a virtual machine."};
    case FaultCode::kSlack:
      return {"SLACK", "The cable is slack.", "Take the slack out slowly."};
    case FaultCode::kAwaitingSelfTest:
      return {"AWAITING_SELF_TEST", "The self-test has not run yet.", "Wait for it to end."};
    case FaultCode::kRecordRejected:
      return {"RECORD_REJECTED", "A record contradicts what is stored, so it was not stored.",
              "Training goes on; send a support bundle to whoever looks after the machine."};
    case FaultCode::kSpotter:
      return {"SPOTTER", "You were stuck, so the machine took the load.", "Rest; the next set is lighter if it was too heavy."};
    case FaultCode::kHandleDropped:
      return {"HANDLE_DROPPED", "The handle was let go under load.", "Bring the handle home before you let go."};
    case FaultCode::kStopPressed:
      return {"STOP_PRESSED", "Stop was pressed.", "Start the set again when you are ready."};
    case FaultCode::kLoweredByGesture:
      return {"LOWERED_BY_GESTURE", "The load was taken off because the handle was lowered and held still.",
              "Start the set again when you are ready."};
    case FaultCode::kLeaseLost:
      return {"LEASE_LOST", "The screen or app that steers was lost, so the load was taken off.", "Reconnect and start the set again."};
    case FaultCode::kMainLost:
      return {"MAIN_LOST", "The controller hangs, so the load was taken off.", "Restart the controller."};
    case FaultCode::kPluginOverrun:
      return {"PLUGIN_OVERRUN", "A plugin took too long, so the load was taken off.", "Use another program and tell the plugin's author."};
    case FaultCode::kPluginError:
      return {"PLUGIN_ERROR", "A plugin failed, so the load was taken off.", "Use another program and tell the plugin's author."};
    case FaultCode::kReadinessTimeout:
      return {"READINESS_TIMEOUT", "Nobody took the handle in time.", "Tap Start again."};
    case FaultCode::kLeftMachine:
      return {"LEFT_MACHINE", "Nobody is at the machine.", "Start again when you are back."};
    case FaultCode::kLinkLost:
      return {"LINK_LOST", "The drive does not answer.", "Check power, cable and address of the drive, then reset."};
    case FaultCode::kDriveFault:
      return {"DRIVE_FAULT", "The drive reports a fault.", "Look the code up in the drive's manual, mend the cause, then reset."};
    case FaultCode::kDriveUnverified:
      return {"DRIVE_UNVERIFIED", "The drive's limits are not as they were written.",
              "Power the drive on, check its parameter lock, and restart the controller."};
    case FaultCode::kEncoderStuck:
      return {"ENCODER_STUCK", "The position does not follow the motor.",
              "Take the machine out of use and check the encoder and the cable."};
    case FaultCode::kEncoderJump:
      return {"ENCODER_JUMP", "The position jumped further than a cable can move.",
              "Take the machine out of use and check the encoder's wiring."};
    case FaultCode::kEncoderSign:
      return {"ENCODER_SIGN", "The motor moves against its own force.",
              "Take the machine out of use and check direction and scale of encoder and torque."};
    case FaultCode::kTensionWithoutCommand:
      return {"TENSION_WITHOUT_COMMAND", "There is tension on the cable that nobody asked for.",
              "Press the E-stop and have the drive checked."};
    case FaultCode::kCableRunOut:
      return {"CABLE_RUN_OUT", "The cable is at its end.", "Bring the handle back and reset."};
    case FaultCode::kOverspeed:
      return {"OVERSPEED", "The cable moves faster than it may.", "Bring the handle home and reset."};
    case FaultCode::kLoopOverrun:
      return {"LOOP_OVERRUN", "The control loop was late again and again.",
              "Close other programs on the controller, or give it real-time rights."};
    case FaultCode::kStopNotConfirmed:
      return {"STOP_NOT_CONFIRMED", "After Stop the load did not go off in time.", "Press the E-stop and have the drive checked."};
    case FaultCode::kSafeTorqueOff:
      return {"SAFE_TORQUE_OFF", "The E-stop or safety chain is open.", "Release the E-stop, then reset."};
    case FaultCode::kDriveTooHot:
      return {"DRIVE_TOO_HOT", "The drive or motor is too hot.", "Let it cool, then reset."};
    case FaultCode::kBusOvervoltage:
      return {"BUS_OVERVOLTAGE", "The drive's bus voltage is too high.", "Check the brake resistor, then reset."};
    case FaultCode::kSecondMaster:
      return {"SECOND_MASTER", "Another controller writes to the drive.",
              "Find it and stop it (a service tool, a second controller, a gateway), then reset."};
    case FaultCode::kDriveExpired:
      return {"DRIVE_EXPIRED", "No command reached the drive in time, so it took its load off by itself.",
              "The controller stood still or the line was cut: check its load and the cable to the drive, then reset."};
    case FaultCode::kIntegrity:
      return {"INTEGRITY", "The controller found itself in a state that must not be.", "Restart the controller and report it."};
  }
  return {"UNKNOWN", "A fault that this version does not know.", "Update the controller."};
}

}  // namespace sheave
