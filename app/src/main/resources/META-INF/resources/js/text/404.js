export default {
  title: ['찾는 화면이 없습니다', 'There is no such page'],
  lost: ['주소가 바뀌었거나 잘못 입력되었습니다. 첫 화면에서 다시 시작하세요.', 'The address has changed or is mistyped. Please start again from the first page.'],
};
