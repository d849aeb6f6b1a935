export default {
  where: ['장소', 'Place'],
  address: ['주소', 'Address'],
  phone: ['전화', 'Phone'],
  when: ['일시', 'Date and time'],
  what: ['접종', 'Vaccine'],
  dose: ['{product} · {n}차', '{product} · dose {n}'],
  reference: ['예약 번호', 'Reference'],
  calendar: ['캘린더에 추가', 'Add to calendar'],
};
