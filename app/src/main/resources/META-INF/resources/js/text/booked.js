export default {
  title: ['예약 완료', 'Booked'],
  done: ['예약되었습니다', 'You are booked'],
  doneText: ['이 예약은 저장되었고 사라지지 않습니다.', 'Your booking is stored and will not be lost.'],
  cancelled: ['취소된 예약입니다', 'This appointment was cancelled'],
  following: ['{n}차 예약', 'Dose {n}'],
  bring: ['신분증을 가지고 예약 시각 10분 전까지 가세요.', 'Bring an identity document and arrive ten minutes early.'],
  print: ['인쇄', 'Print'],
  change: ['변경 또는 취소', 'Move or cancel'],
  missing: ['어느 예약인지 알 수 없습니다.', 'This link does not say which appointment.'],
  missingText: ['‘내 예약’에서 확인하세요.', 'You find it under “My appointment”.'],
};
