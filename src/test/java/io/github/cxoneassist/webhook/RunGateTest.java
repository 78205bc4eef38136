package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunGateTest {

    private final RunGate gate = new RunGate();

    @Test
    void nothingRunsBeforeItIsOpen() {
        assertThat(gate.wake()).isFalse();
        assertThat(gate.open()).isTrue();
        assertThat(gate.wake()).isTrue();
    }

    @Test
    void ofManyWakeUpsOneStartsARun() {
        gate.open();

        assertThat(gate.wake()).isTrue();
        assertThat(gate.wake()).isFalse();
        assertThat(gate.wake()).isFalse();
    }

    @Test
    void aWakeUpAfterTheLookKeepsTheRunFromResting() {
        gate.open();
        gate.wake();
        gate.beginPass();
        gate.wake();

        assertThat(gate.rest()).isFalse();
        gate.beginPass();
        assertThat(gate.rest()).isTrue();
    }

    @Test
    void aWakeUpBeforeTheLookIsAnsweredByIt() {
        gate.open();
        gate.wake();
        gate.wake();
        gate.beginPass();

        assertThat(gate.rest()).isTrue();
        assertThat(gate.idle()).isTrue();
    }

    @Test
    void aRunThatBrokeOffMakesRoomForTheNext() {
        gate.open();
        gate.wake();
        gate.wake();
        gate.abandon();

        assertThat(gate.wake()).isTrue();
    }

    @Test
    void stoppedIsForGood() {
        gate.open();
        gate.wake();
        gate.stop();
        gate.abandon();

        assertThat(gate.rest()).isTrue();
        assertThat(gate.open()).isFalse();
        assertThat(gate.wake()).isFalse();
        assertThat(gate.stopped()).isTrue();
    }
}
